"""What notices say, in the receiver's language: a sentence each, for mail and push alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from helpdesk.core.items import Item
from helpdesk.tickets.model import Ticket

_SENTENCES = {
    "en": {
        "mentioned": "{actor} mentioned you",
        "assigned": "{actor} assigned it to you",
        "customer_replied": "{actor} wrote",
        "sla_breached": "A promise is broken: {target}",
        "sla_warned": "A promise is nearly due: {target}",
        "rule": "A rule tells you of it",
        "reply_held": "Your planned reply waits: it did not leave",
        "team_ticket": "A new ticket in your team's queue",
        "colleague_wrote": "{actor} wrote",
        "status_changed": "{actor} changed the status",
        "priority_changed": "{actor} changed the priority",
        "view_match": "Now in “{view}”, which you follow",
        "new_ticket": "A new ticket",
    },
    "de": {
        "mentioned": "{actor} hat dich erwähnt",
        "assigned": "{actor} hat es dir zugewiesen",
        "customer_replied": "{actor} hat geschrieben",
        "sla_breached": "Eine Zusage ist gebrochen: {target}",
        "sla_warned": "Eine Zusage ist bald fällig: {target}",
        "rule": "Eine Regel weist dich darauf hin",
        "reply_held": "Deine geplante Antwort wartet: sie ist nicht abgegangen",
        "team_ticket": "Ein neues Ticket in der Warteschlange deines Teams",
        "colleague_wrote": "{actor} hat geschrieben",
        "status_changed": "{actor} hat den Status geändert",
        "priority_changed": "{actor} hat die Priorität geändert",
        "view_match": "Jetzt in „{view}“, der du folgst",
        "new_ticket": "Ein neues Ticket",
    },
}
_TARGETS = {
    "en": {
        "first_response": "first response",
        "next_response": "next response",
        "update": "update",
        "resolution": "resolution",
    },
    "de": {
        "first_response": "erste Antwort",
        "next_response": "nächste Antwort",
        "update": "Zwischenstand",
        "resolution": "Lösung",
    },
}
_NAMELESS = {
    "en": {"mentioned": "You were mentioned", "colleague_wrote": "A colleague wrote"},
    "de": {"mentioned": "Du wurdest erwähnt", "colleague_wrote": "Ein Kollege hat geschrieben"},
}
_DESK = {"en": "The desk", "de": "Das System"}
_PRIVATE = frozenset({"mentioned", "colleague_wrote"})  # may come from a note, whose words stay in the desk


@dataclass(frozen=True)
class Told:
    """A notice with the ticket as it is now."""

    notice: Item
    ticket: Ticket

    @property
    def private(self) -> bool:
        """True where nothing of the ticket's words may leave the desk."""
        return self.notice["kind"] in _PRIVATE

    @property
    def heading(self) -> str:
        """Number and subject."""
        return f"#{self.ticket.number} {self.ticket.subject}"


def sentence(told: Told, language: str, actors: dict[str, str]) -> str:
    """What happened, on one line; `actors` has the names of those who did something by their ids."""
    notice = told.notice
    words, text = _SENTENCES[language][notice["kind"]], notice.get("text") or ""
    if text and notice["kind"] == "rule":
        return str(text)
    actor = actors.get(notice["actor"].get("id") or "") or _DESK[language]
    target = _TARGETS[language].get(notice.get("target") or "", "")
    return words.format(actor=actor, target=target, view=text)


def nameless(told: Told, language: str) -> str:
    """The sentence of a private notice without anybody's name."""
    return _NAMELESS[language][told.notice["kind"]]


def names_of(org_id: str, told: list[Told]) -> dict[str, str]:
    """The names of whoever did what is told, by id; one round trip."""
    from helpdesk.people.store import get_people

    ids = {one.notice["actor"].get("id") for one in told if one.notice["actor"].get("kind") in ("agent", "contact")}
    people = get_people(org_id, sorted(filter(None, ids))) if ids else []
    return {person.id: person.name for person in people}


@cache
def language_of(locale: str | None) -> str:
    """The language that we have words in."""
    wanted = (locale or "en").replace("_", "-").partition("-")[0].lower()
    return wanted if wanted in _SENTENCES else "en"


def words_of(told: Told, language: str, actors: dict[str, str]) -> dict[str, Any]:
    """`{heading, sentence, snippet, link}` of one notice; the snippet only of what the customer wrote."""
    from helpdesk.core.config import config

    snippet = told.ticket.snippet if told.notice["kind"] == "customer_replied" else ""
    return {
        "heading": told.heading,
        "sentence": sentence(told, language, actors),
        "snippet": snippet,
        "link": f"{config().origin}/agent/tickets/{told.ticket.number}",
    }
