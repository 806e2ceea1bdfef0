"""How the desk decides about mail that comes in: one record per organisation (docs/mail.md has the tables)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.fields.pattern_classes import BadPattern
from helpdesk.settings.fields.patterns import compiled
from helpdesk.settings.kept import Derived, Kept
from helpdesk.settings.sender_rules import NO_SENDER, normal_pattern

ID = "mail_policy"


@dataclass(frozen=True)
class ForeignReference:
    """Another tracker's mail: the first word of the subject that fits `pattern` names what it is about (EM-14)."""

    sender: str
    pattern: str


@dataclass(frozen=True)
class Monitor:
    """A monitoring system: lines `<key>: value` of the body say what it is about, `<state>: value` how it is (EM-15).

    A state whose last word is among `recovered` is a recovery, which solves the ticket if `solve`.
    """

    sender: str
    keys: tuple[str, ...] = ("Host", "Service")
    state: str = "State"
    recovered: tuple[str, ...] = ("OK", "UP")
    solve: bool = True


@dataclass(frozen=True)
class MailPolicy:
    """The settings; days None is no limit, rates are mails, a bucket of `*_burst` fills up again by the minute."""

    closed_ticket_days: int | None = 90
    changed_subject: str = "new_if_closed"  # or new, same
    subject_numbers: bool = True
    attachment_tokens: bool = False
    foreign_references: tuple[ForeignReference, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    copies_per_mail: int = 20
    agents_answer: bool = True
    agents_forward: bool = True
    sender_burst: int = 100
    sender_per_minute: int = 30
    ticket_burst: int = 10
    version: int = 0
    created_at: str | None = None
    updated_at: str | None = None


_LISTS = {"foreign_references": ForeignReference, "monitors": Monitor}
_NAMES = {one.name for one in fields(MailPolicy)}
_DEFAULT = {
    "id": ID,
    **{name: value for name, value in vars(MailPolicy()).items() if name not in (*_LISTS, "version")},
    **{name: [] for name in _LISTS},
}
POLICY = Kept(Kind("mail_policy", "mail policy"), (_DEFAULT,))


def _built(rows: dict[str, Item]) -> MailPolicy:
    return _policy(rows[ID])


def _policy(row: Item) -> MailPolicy:
    values = {name: value for name, value in row.items() if name in _NAMES}
    values["foreign_references"] = tuple(ForeignReference(**one) for one in row.get("foreign_references", ()))
    values["monitors"] = tuple(map(_monitor, row.get("monitors", ())))
    return MailPolicy(**values)


def _monitor(row: Item) -> Monitor:
    plain = Monitor(**row)
    return replace(plain, keys=tuple(plain.keys), recovered=tuple(plain.recovered))


mail_policy = Derived(POLICY, _built)
"""The organisation's policy; no round trip when warm."""


def change_policy(cause: Cause, changes: dict[str, Any], version: int | None) -> MailPolicy:
    """Change the policy.

    Raises
    ------
    Invalid
        naming each sender that is none, and each pattern that is not understood (settings.md, Fields).
    """
    values = dict(changes)
    faults: list[FieldError] = []
    for name in _LISTS:
        if name in values:
            values[name] = [_rule(one, f"/{name}/{place}", faults) for place, one in enumerate(values[name])]
    if faults:
        raise Invalid("this policy does not fit", *faults)
    return _policy(kept.change(cause, POLICY, ID, values, version))


def _rule(rule: dict[str, Any], place: str, faults: list[FieldError]) -> dict[str, Any]:
    sender = normal_pattern(rule["sender"])
    if not sender:
        faults.append(FieldError(f"{place}/sender", "not_an_address", NO_SENDER))
    if "pattern" in rule:
        try:
            compiled(rule["pattern"])
        except BadPattern as wrong:
            faults.append(FieldError(f"{place}/pattern", "bad_pattern", str(wrong)))
    return rule | {"sender": sender}
