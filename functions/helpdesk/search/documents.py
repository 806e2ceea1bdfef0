"""What both engines keep of a ticket, a person or a company, as plain data that also travels as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from helpdesk.filters.matching import custom_values
from helpdesk.search.exact import codes_in, phones_in
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Message, Ticket

MOST_MESSAGE = 20_000  # characters of one message that are searched
MOST_TEXT = 300_000  # characters of one ticket's messages that are searched, the newest first
KINDS = ("ticket", "person", "company")


@dataclass(frozen=True)
class Document:
    """One subject; `facts` are what filters compare, the texts what is searched, `exact` what hits as a whole.

    Customers find by `strong` and public messages alone: `people` has tags and fields, too.
    `exact` maps a normalised number, address, phone or Message-ID to whether a customer may hit by it.
    """

    kind: str
    id: str
    version: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    strong: str = ""
    people: str = ""
    messages: tuple[Mapping[str, Any], ...] = ()
    exact: Mapping[str, bool] = field(default_factory=dict)

    @property
    def public(self) -> str:
        """All words that customers may read."""
        return "\n".join(one["text"] for one in self.messages if one["public"])

    @property
    def notes(self) -> str:
        """All words that only staff may read."""
        return "\n".join(one["text"] for one in self.messages if not one["public"])

    def as_json(self) -> dict[str, Any]:
        """For the log and for OpenSearch's _source."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Document:
        """Back from `as_json`; names that this version does not know are left out."""
        known = {name: value[name] for name in cls.__dataclass_fields__ if name in value}
        return cls(**known | {"messages": tuple(known.get("messages") or ())})


def ticket_document(
    ticket: Ticket,
    messages: Iterable[Message],
    *,
    spoken: Mapping[str, Any] | None = None,
    compared: Mapping[str, Any] | None = None,
) -> Document:
    """The document of a ticket with its messages, of which the newest `MOST_TEXT` characters count.

    Of custom fields, `spoken` are those whose values are words that every colleague finds, `compared` those that
    filters look at, all if it is not given (`settings.fields.reading`).
    """
    shown = _bounded(list(messages))
    facts = facts_of(ticket) | ({} if compared is None else {"fields": dict(compared)})
    custom = [value for one in (spoken or {}).values() for value in custom_values(one)]
    people = [ticket.requester.get("name"), ticket.requester.get("email"), *ticket.cc, *ticket.tags, *custom]
    exact = {f"number:{ticket.number}": True, f"id:{ticket.id}": True}
    exact |= {f"mail:{address}": True for address in (ticket.requester.get("email"), *ticket.cc) if address}
    for text, public in [(" ".join(custom), False), (ticket.subject, True)]:
        exact |= _codes(text, public, exact)
    for message in shown:
        exact |= _codes(message["text"], message["public"], exact)
    exact |= {f"message:{one.rfc822_id.strip('<>').lower()}": one.public for one in messages if one.rfc822_id}
    return Document(
        kind="ticket",
        id=ticket.id,
        version=ticket.version,
        facts=facts,
        strong=f"{ticket.subject}\n{ticket.number}",
        people="\n".join(filter(None, people)),
        messages=tuple(shown),
        exact=exact,
    )


def person_document(person: Mapping[str, Any]) -> Document:
    """The document of a customer or colleague: the attributes of his row."""
    emails = [one for one in dict.fromkeys([person.get("email"), *(person.get("emails") or ())]) if one]
    phones = [str(one) for one in person.get("phones") or ()]
    exact = {f"mail:{one}": True for one in emails} | {code: True for one in phones for code in phones_in(one)}
    facts = {name: person.get(name) for name in ("kind", "name", "email", "company_id", "disabled", "role")}
    words = "\n".join(filter(None, [person.get("name"), *emails, *phones, *(person.get("handles") or ())]))
    return Document("person", person["id"], int(person.get("version", 1)), facts, words, exact=exact)


def company_document(company: Mapping[str, Any]) -> Document:
    """The document of a company."""
    domains = [str(one) for one in company.get("domains") or ()]
    facts = {"name": company.get("name"), "domains": domains}
    words = "\n".join(filter(None, [company.get("name"), *domains]))
    return Document("company", company["id"], int(company.get("version", 1)), facts, words)


def _bounded(messages: list[Message]) -> list[dict[str, Any]]:
    kept, room = [], MOST_TEXT
    for message in sorted(messages, key=lambda one: one.id, reverse=True):
        text = " ".join(message.body_text[:MOST_MESSAGE].split())[:room]
        room -= len(text)
        author = str(message.author.get("name") or "")
        facts = {"id": message.id, "kind": message.kind, "public": message.public, "author": author}
        kept.append(facts | {"at": message.created_at, "text": text})
    return kept[::-1]


def _codes(text: str, public: bool, known: Mapping[str, bool]) -> dict[str, bool]:
    return {code: public or known.get(code, False) for code in (*phones_in(text), *codes_in(text))}
