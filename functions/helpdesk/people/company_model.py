"""A company: the customers of one firm, known by the domains of their addresses."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from helpdesk.core import email_address
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people.public_mail import is_public

MOST_DOMAINS = 50  # each has a lookup in the transaction that changes the company
_LOGGED = ("name", "domains", "shares_tickets", "note")


@dataclass(frozen=True)
class Company:
    """One company; with `shares_tickets` its people read each other's tickets in the portal."""

    id: str
    org_id: str
    name: str
    domains: tuple[str, ...]
    shares_tickets: bool
    note: str
    version: int
    created_at: str
    updated_at: str

    def public(self) -> dict[str, Any]:
        """The company as the API shows it."""
        return asdict(self)

    def changed(self, at: str, **changes: Any) -> Company:
        """The company after a change."""
        return replace(self, **changes, version=self.version + 1, updated_at=at)


def company_of(row: dict[str, Any]) -> Company:
    """The company in a table row."""
    values = {name: row[name] for name in Company.__dataclass_fields__}
    return Company(**values | {"domains": tuple(values["domains"])})


def company_changes(before: Company | None, after: Company | None) -> dict[str, Any]:
    """`{field: {from, to}}` of what changed; None for one that is not (any more)."""
    old, new = (asdict(one) if one else {} for one in (before, after))
    pairs = {name: (_plain(old.get(name)), _plain(new.get(name))) for name in _LOGGED}
    return {name: {"from": one, "to": two} for name, (one, two) in pairs.items() if one != two}


def normal_domains(given: list[str], *, allow_public: bool = False) -> tuple[str, ...]:
    """The domains in the form that addresses have, each once.

    Raises
    ------
    Invalid
        naming what is no domain, and public mail providers unless they are allowed: everybody has an address there.
    """
    found, faults = [], []
    for index, text in enumerate(given):
        email = email_address.normalise(f"x@{text.strip().removeprefix('@')}")
        domain = (email or "").partition("@")[2]
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain):
            faults.append(FieldError(f"/domains/{index}", "not_a_domain", "a domain, as example.com"))
        elif is_public(domain) and not allow_public:
            words = f"anybody may have an address at {domain}; set allow_public_domains if you mean it"
            faults.append(FieldError(f"/domains/{index}", "public_mail_domain", words))
        found.append(domain)
    if faults:
        raise Invalid("some domains cannot be a company's", *faults)
    return tuple(dict.fromkeys(found))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
