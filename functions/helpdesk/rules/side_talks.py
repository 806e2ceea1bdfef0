"""Side conversations that rules begin: their words filled for one ticket, their recipients checked when saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.macros import sharing
from helpdesk.macros.templates import TEMPLATE, choose, render, requester_of
from helpdesk.macros.variables import unknown_in
from helpdesk.people.model import normal_email
from helpdesk.relations import sides
from helpdesk.rules.silence import WRITTEN, Silence, mark_of
from helpdesk.settings.mailboxes import own_addresses
from helpdesk.settings.service import organisation
from helpdesk.tickets.edit import Edit

TYPE = "side_conversation"
_MOST_SUBJECT = 250


@dataclass(frozen=True)
class Talks:
    """The side conversations of a rule that begin, the marks of whom they write to, and why others do not."""

    actions: tuple[Mapping[str, Any], ...]
    written: tuple[str, ...]
    left_out: tuple[Mapping[str, str], ...]


def talks_of(org_id: str, then: Sequence[Mapping[str, Any]], silence: Silence) -> Talks:
    """Which side conversations begin: none with somebody whom a rule has written to on the same event."""
    written = set(silence.written)
    actions: list[Mapping[str, Any]] = []
    left_out: list[Mapping[str, str]] = []
    for action in then:
        if action["type"] != TYPE:
            continue
        marks = {mark_of(org_id, one) for one in action["to"]}
        if because := silence.side or (WRITTEN if marks & written else ""):
            left_out.append({"action": TYPE, "because": because})
            continue
        written |= marks
        actions.append(action)
    return Talks(tuple(actions), tuple(sorted(written - silence.written)), tuple(left_out))


def begin(actor: Actor, cause: Cause, edit: Edit, action: Mapping[str, Any]) -> Sequence[Action]:
    """Begin one side conversation beside the ticket; gives the writes that make it.

    Raises
    ------
    Invalid
        `undefined_variable` for words that have open places, `takes_part` for a customer of the ticket.
    """
    variants = _variants(actor, action)
    locale = choose(variants, organisation(actor.org_id)["locale"])
    own = {locale: variants[locale] | {"subject": action["subject"]}}
    words = render(own, actor, edit.after, requester_of(edit.after))
    if words.undefined:
        raise Invalid(f"{', '.join(words.undefined)} has no value for this ticket", code="undefined_variable")
    subject = " ".join((words.subject or "").split())[:_MOST_SUBJECT]
    body = {"to": action["to"], "subject": subject, "body_text": words.body_text, "body_html": words.body_html}
    return sides.begin(actor, cause, edit, body)


def talk_faults(org_id: str, action: Mapping[str, Any]) -> list[FieldError]:
    """Faults of recipients and of variables that there are none of, each at its place in the action."""
    from helpdesk.mail.addresses import is_ours

    own = own_addresses(org_id)
    faults: list[FieldError] = []
    for index, one in enumerate(action["to"]):
        try:
            if is_ours(normal_email(one, f"/to/{index}"), own):
                faults.append(FieldError(f"/to/{index}", "own_address", "this is the desk's own: mail would go round"))
        except Invalid as failure:
            faults += failure.errors
    for name in ("subject", "body_html"):
        unknown = unknown_in(action.get(name) or "")
        faults += [FieldError(f"/{name}", "unknown_variable", f"there is no variable {each}") for each in unknown]
    return faults


def cleaned(action: Mapping[str, Any]) -> dict[str, Any]:
    """The action with each recipient once, in the form by which we know him."""
    return {**action, "to": list(dict.fromkeys(normal_email(one) for one in action["to"]))}


def _variants(actor: Actor, action: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    if action.get("template_id"):
        found: dict[str, dict[str, Any]] = sharing.found(actor, TEMPLATE, action["template_id"])["variants"]
        return found
    return {"en": {"body_html": action["body_html"]}}
