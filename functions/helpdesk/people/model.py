"""A person: a customer (contact) or a colleague (agent), known by his addresses, telephones and handles."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from helpdesk.core import clock, email_address
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.ids import new_id

MOST_IDENTITIES = 20  # of each kind; each has a lookup in the transaction that changes the person
_EMAIL = re.compile(r"[^\s@<>\"',;:\\\x00-\x1f\x7f]+@[^\s@<>\"',;:\\\x00-\x1f\x7f]+")
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_HANDLE = re.compile(r"([a-z][a-z0-9_]{1,29}):(\S{1,100})")
_COLLEAGUES = {
    *("role", "team_ids", "signature_html"),
    *("primary_team_id", "skills", "languages", "capacity", "availability"),
}
_NOT_LOGGED = {"id", "org_id", "version", "created_at", "updated_at"}  # an event says them itself


@dataclass(frozen=True)
class Person:
    """One row of People; `version` grows by one with each change. `email` is the first of `emails`."""

    id: str
    org_id: str
    kind: str
    name: str
    email: str
    role: str | None
    team_ids: tuple[str, ...]
    locale: str | None
    version: int
    created_at: str
    updated_at: str
    disabled: bool = False
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    company_id: str | None = None
    company_ids: tuple[str, ...] = ()  # further companies
    signature_html: str = ""  # a colleague's, below his replies
    primary_team_id: str | None = None
    skills: tuple[dict[str, Any], ...] = ()  # a colleague's, `{skill, level}`
    languages: tuple[str, ...] = ()  # that he answers in, BCP 47
    capacity: int | None = None  # points of load that he takes; None: the organisation's default
    availability: dict[str, Any] = field(default_factory=dict)  # `helpdesk.people.availability`

    def public(self) -> dict[str, Any]:
        """The person as the API shows him; a contact has nothing of what makes a colleague."""
        shown = asdict(self)
        if self.kind == "contact":
            return {name: value for name, value in shown.items() if name not in _COLLEAGUES}
        return shown | {"availability": self.available}

    @property
    def available(self) -> dict[str, Any]:
        """`{state, since, by, reassign}`; who never said anything is available."""
        return {"state": "available", "since": self.created_at, "by": "clock", "reassign": False} | self.availability

    def changed(self, at: str, **changes: Any) -> Person:
        """The person after a change."""
        return replace(self, **changes, version=self.version + 1, updated_at=at)

    @property
    def reference(self) -> dict[str, Any]:
        """What a ticket keeps of its requester."""
        return self.reached_at(self.email)

    def reached_at(self, email: str) -> dict[str, Any]:
        """The same, for somebody who wrote from this one of his addresses and is answered there."""
        return {"id": self.id, "name": self.name, "email": email}

    @property
    def lookups(self) -> frozenset[str]:
        """What leads to this person and to nobody else: `EMAIL#...`, `PHONE#...`, `HANDLE#...`."""
        return frozenset(
            [f"EMAIL#{one}" for one in self.emails]
            + [f"PHONE#{one}" for one in self.phones]
            + [f"HANDLE#{one}" for one in self.handles]
        )


def new_person(
    org_id: str,
    kind: str,
    email: str,
    name: str | None = None,
    *,
    person_id: str | None = None,
    role: str | None = None,
    team_ids: tuple[str, ...] = (),
    locale: str | None = None,
    company_id: str | None = None,
) -> Person:
    """A person not stored yet."""
    at = clock.stamp()
    return Person(
        id=person_id or new_id(),
        org_id=org_id,
        kind=kind,
        name=name_from(name, email),
        email=email,
        role=role,
        team_ids=team_ids,
        locale=locale,
        version=1,
        created_at=at,
        updated_at=at,
        emails=(email,),
        company_id=company_id,
    )


def person_of(row: dict[str, Any]) -> Person:
    """The person in a row of his own, of a lookup or of an index; a row of before has one address."""
    values = {name: row[name] for name in Person.__dataclass_fields__ if name in row}
    lists = ("team_ids", "emails", "phones", "handles", "company_ids", "skills", "languages")
    values |= {name: tuple(values.get(name) or ()) for name in lists}
    values["availability"] = values.get("availability") or {}
    return Person(**values | {"emails": values["emails"] or (values["email"],)})


def person_changes(before: Person | None, after: Person) -> dict[str, Any]:
    """`{field: {from, to}}` of what changed, for the event."""
    old, new = asdict(before) if before else {}, asdict(after)
    pairs = {name: (_plain(old.get(name)), _plain(new[name])) for name in sorted(set(new) - _NOT_LOGGED)}
    return {name: {"from": one, "to": two} for name, (one, two) in pairs.items() if one != two and (before or two)}


def normal_email(text: str, pointer: str = "/email") -> str:
    """The one form of an address by which we know its owner.

    Raises
    ------
    Invalid
        when the text is not an address, or is longer than 254 characters (RFC 5321 4.5.3.1.3).
    """
    email = email_address.normalise(text) if _EMAIL.fullmatch(text.strip()) else None
    if not email:
        raise Invalid("this is not a mail address", FieldError(pointer, "not_an_address", "not a mail address"))
    return email


def normal_phone(text: str, pointer: str = "/phones") -> str:
    """A telephone number as `+` and digits (E.164); spaces, brackets and a leading 00 are understood."""
    number = re.sub(r"[\s()./-]+", "", text)
    number = f"+{number[2:]}" if number.startswith("00") else number
    if not _PHONE.fullmatch(number):
        words = "a number begins with + and its country, as +49 30 1234567"
        raise Invalid("this is not a telephone number", FieldError(pointer, "not_a_phone", words))
    return number


def normal_handle(text: str, pointer: str = "/handles") -> str:
    """A name in a channel, as `telegram:@carla`."""
    if not _HANDLE.fullmatch(text):
        raise Invalid("this is not a handle", FieldError(pointer, "not_a_handle", "channel:name, as telegram:@carla"))
    return text


def name_from(name: str | None, email: str) -> str:
    """The given name on one line and at most 200 characters long, or the address's local part."""
    cleaned = " ".join((name or "").split())[:200]
    return cleaned or email.partition("@")[0]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
