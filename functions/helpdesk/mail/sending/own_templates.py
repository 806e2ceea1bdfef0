"""An organisation's templates of mail: its own words over those that the desk comes with, kind by kind and language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.mail.sending import templates
from helpdesk.mail.sending.template_check import check
from helpdesk.mail.sending.template_kinds import KINDS, TemplateKind
from helpdesk.mail.sending.templates import Source
from helpdesk.markup.both import Both
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.kept import Kept

_PARTS = ("subject", "html", "text")
_NONE = dict.fromkeys(_PARTS)
_SHIPPED = [(kind, language) for kind in KINDS for language in sorted(templates.languages())]
MAIL_TEMPLATE = Kept(
    Kind("mail_template", "mail template", most=200),
    tuple(
        {"id": f"{kind}-{language}", "kind": kind, "locale": language, "position": at, **_NONE}
        for at, (kind, language) in enumerate(_SHIPPED, 1)
    ),
)


def listed(org_id: str) -> list[dict[str, Any]]:
    """All templates, the organisation's and those that the desk comes with."""
    return [shape(row) for row in kept.all_of(org_id, MAIL_TEMPLATE).values()]


def create(cause: Cause, body: dict[str, Any]) -> dict[str, Any]:
    """Make a template for another language.

    Raises
    ------
    Invalid
        for a fault in it, with its line.
    Conflict
        `exists` when there is one of this kind and language: change that.
    """
    kind = _kind(body["kind"])
    _check(kind, body)
    values = {"id": f"{body['kind']}-{body['locale']}", **_NONE, **body}
    return shape(kept.create(cause, MAIL_TEMPLATE, values))


def change(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change a template; raises as `create` and `kept.change`."""
    before = kept.get(cause.org_id, MAIL_TEMPLATE, id_)
    after = before | changes
    _check(_kind(before["kind"]), after if after["html"] is None else changes | {"html": after["html"]})
    return shape(kept.change(cause, MAIL_TEMPLATE, id_, changes, version))


def restore(cause: Cause, id_: str, version: int | None) -> None:
    """Go back to what the desk comes with; one for a language that it does not come with is sent no more."""
    row = kept.get(cause.org_id, MAIL_TEMPLATE, id_)
    if row["html"] is None:
        raise Conflict("this template is the one that the desk comes with", code="shipped")
    if row["locale"] in templates.languages():
        kept.change(cause, MAIL_TEMPLATE, id_, _NONE, version)
    else:
        records.delete(cause, MAIL_TEMPLATE.kind, id_, version)


def choose(org_id: str, kind: str, locales: Iterable[str | None]) -> tuple[str, Source | None]:
    """The first of the locales that there are words for, and the organisation's own where it has some.

    `de-AT` is met by words for it, else by those for `de`.
    """
    rows = kept.all_of(org_id, MAIL_TEMPLATE)
    for locale in filter(None, locales):
        for wanted in dict.fromkeys((locale, locale.partition("-")[0].lower())):
            row = rows.get(f"{kind}-{wanted}")
            if row and row["html"] is not None:
                return wanted, Source(row["html"], row["text"], row["subject"])
            if wanted in templates.languages():
                return wanted, None
    return templates.FALLBACK, None


def preview(kind_name: str, locale: str, given: dict[str, Any]) -> dict[str, Any]:
    """`{subject, text, html}` of a template filled with examples; raises `Invalid` for a fault in it."""
    kind = _kind(kind_name)
    _check(kind, given)
    values = {variable.name: variable.sample for variable in kind.variables}
    own = Source(given["html"], given.get("text"), given.get("subject"))
    subject = templates.subject(kind.name, locale, values, own) if kind.subject else "Re: The charger stops"
    body: Both = templates.render(kind.name, locale, {"subject": subject} | values, own)
    return {"subject": subject, "text": body.text, "html": body.html}


def shape(row: Item) -> dict[str, Any]:
    """A template as the API shows it: where nothing was changed, the words that are sent."""
    source = templates.shipped(row["kind"], row["locale"])
    own = row["html"] is not None
    words = {name: row[name] for name in _PARTS} if own else {name: getattr(source, name) for name in _PARTS}
    if own and KINDS[row["kind"]].subject:
        words["subject"] = row["subject"] or source.subject
    names = ("id", "kind", "locale", "position", "version", "created_at", "updated_at")
    return {name: row[name] for name in names} | words | {"shipped": not own}


def _kind(name: str) -> TemplateKind:
    kind = KINDS.get(name)
    if not kind:
        fault = FieldError("/kind", "unknown", f"one of {', '.join(KINDS)}")
        raise Invalid("there is no such kind of mail", fault)
    return kind


def _check(kind: TemplateKind, given: dict[str, Any]) -> None:
    if not given.get("html"):
        raise Invalid("a template needs HTML", FieldError("/html", "missing", "say what the mail is made of"))
    check(kind, given)
