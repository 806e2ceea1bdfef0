"""Templates: prepared answers in several languages, filled for one ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.macros import sharing
from helpdesk.macros.variables import Scope, filled, unknown_in
from helpdesk.people import store as people_store
from helpdesk.people.model import Person
from helpdesk.records.service import Kind
from helpdesk.settings.kept import Kept
from helpdesk.settings.service import organisation
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.words import both_forms

TEMPLATE = Kept(Kind("template", "template", most=1000))
Variants = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Rendering:
    """A template as one ticket's customer would read it; `undefined` are the variables that had no value."""

    locale: str
    subject: str | None
    body_html: str
    body_text: str
    undefined: tuple[str, ...]


def create_template(actor: Actor, cause: Cause, body: dict[str, Any]) -> Item:
    """Keep a template; its HTML is made safe first."""
    clean = body | {"variants": _clean(body["variants"])}
    _check_shortcut(actor, clean.get("shortcut"), None)
    return shape(sharing.create(actor, cause, TEMPLATE, {"shortcut": None} | clean))


def change_template(actor: Actor, cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a template; variants are given whole."""
    if "variants" in changes:
        changes = changes | {"variants": _clean(changes["variants"])}
    _check_shortcut(actor, changes.get("shortcut"), id_)
    return shape(sharing.change(actor, cause, TEMPLATE, id_, changes, version))


def shape(row: Item) -> Item:
    """The template with the names in it that no variable has, for its author."""
    texts = [text for one in row["variants"].values() for text in (one.get("subject") or "", one["body_html"])]
    return row | {"unknown_variables": unknown_in("\n".join(texts))}


def render(variants: Variants, actor: Actor, ticket: Ticket, requester: Person | None) -> Rendering:
    """Fill the variant in the requester's language; without one in the desk's, in English, or the first."""
    locale = choose(variants, requester.locale if requester else None, organisation(ticket.org_id)["locale"])
    scope = Scope(ticket, actor, requester)
    body, open_ = filled(variants[locale]["body_html"], scope, html=True)
    subject, open_too = filled(variants[locale].get("subject") or "", scope, html=False)
    text, html = both_forms(None, body)
    return Rendering(locale, subject or None, html, text, tuple(dict.fromkeys((*open_, *open_too))))


def choose(variants: Variants, *wanted: str | None) -> str:
    """The locale among the variants that fits best: exact, then the language alone, for each wish in turn."""
    by_name = {name.lower(): name for name in variants}
    for wish in (*wanted, "en"):
        parts = (wish or "").lower().split("-")
        for length in range(len(parts), 0, -1):
            if found := by_name.get("-".join(parts[:length])):
                return found
        same = [name for lowered, name in by_name.items() if parts[0] and lowered.split("-")[0] == parts[0]]
        if same:
            return same[0]
    return next(iter(variants))


def requester_of(ticket: Ticket) -> Person | None:
    """Who asked, as People knows him now; one round trip."""
    return people_store.get_person(ticket.org_id, ticket.requester["id"])


def _clean(variants: Variants) -> Variants:
    faults, clean = [], {}
    for locale, one in variants.items():
        try:
            clean[locale] = one | {"body_html": both_forms(None, one["body_html"])[1]}
        except Invalid:
            faults.append(FieldError(f"/variants/{locale}/body_html", "empty", "write something"))
    if faults:
        raise Invalid("a template needs words", *faults)
    return clean


def _check_shortcut(actor: Actor, shortcut: str | None, own_id: str | None) -> None:
    taken = [row for row in sharing.usable(actor, TEMPLATE) if shortcut and row.get("shortcut") == shortcut]
    if any(row["id"] != own_id for row in taken):
        raise Invalid("this shortcut is taken", FieldError("/shortcut", "taken", "another template has it"))
