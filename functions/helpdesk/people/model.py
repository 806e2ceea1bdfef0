"""A person: a customer (contact) or a colleague (agent), known by one address."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from helpdesk.core import email_address
from helpdesk.core.errors import FieldError, Invalid

_EMAIL = re.compile(r"[^\s@<>\"',;:\\\x00-\x1f\x7f]+@[^\s@<>\"',;:\\\x00-\x1f\x7f]+")
_PRIVATE = ("disabled",)


@dataclass(frozen=True)
class Person:
    """One row of People; `version` grows by one with each change."""

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

    def public(self) -> dict[str, Any]:
        """The person as the API shows him; a contact has no role."""
        shown = asdict(self)
        if self.kind == "contact":
            del shown["role"], shown["team_ids"]
        return shown

    def changed(self, at: str, **changes: Any) -> Person:
        """The person after a change."""
        return replace(self, **changes, version=self.version + 1, updated_at=at)

    @property
    def reference(self) -> dict[str, Any]:
        """What a ticket keeps of its requester."""
        return {"id": self.id, "name": self.name, "email": self.email}


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


def name_from(name: str | None, email: str) -> str:
    """The given name on one line and at most 200 characters long, or the address's local part."""
    cleaned = " ".join((name or "").split())[:200]
    return cleaned or email.partition("@")[0]
