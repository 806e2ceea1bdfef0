"""Whose mail is kept out, and whose is never taken for spam."""

from __future__ import annotations

import re
from typing import Any

from helpdesk.core.email_address import normalise
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind

KIND = Kind("sender_rule", "sender rule", most=2000)
BLOCKED, TRUSTED = "blocked", "trusted"
NO_SENDER = "an address, or @ and a domain"
_DOMAIN = re.compile(r"@[^\s@<>\"',;:\\]+\.[^\s@<>\"',;:\\]+\Z")


def sender_rules(org_id: str) -> dict[str, Item]:
    """The rules by id, in the order in which they were made; kept 30 s per container."""
    return records.all_of(org_id, KIND)


def verdict_on(org_id: str, email: str | None) -> str | None:
    """`blocked`, `trusted` or None; a rule for the address beats one for its domain (`@x.test`, no subdomains)."""
    if not email:
        return None
    known = {row["pattern"]: row["verdict"] for row in sender_rules(org_id).values()}
    verdict: str | None = known.get(email) or known.get("@" + email.rpartition("@")[2])
    return verdict


def create_rule(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a rule; `Conflict` `exists` if there is one for this sender."""
    values = {"note": "", **body, "pattern": _normal(body["pattern"])}
    _check_free(cause.org_id, None, values["pattern"])
    return records.create(cause, KIND, values)


def change_rule(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a rule; raises as `create_rule`."""
    if "pattern" in changes:
        changes = changes | {"pattern": _normal(changes["pattern"])}
        _check_free(cause.org_id, id_, changes["pattern"])
    return records.change(cause, KIND, id_, changes, version)


def remove_rule(cause: Cause, id_: str, version: int | None) -> None:
    """Take a rule away."""
    records.delete(cause, KIND, id_, version)


def judge(cause: Cause, email: str, verdict: str, note: str) -> Item:
    """Make the rule for an address, or let the one that there is say so."""
    pattern = _normal(email)
    for row in sender_rules(cause.org_id).values():
        if row["pattern"] == pattern:
            return records.change(cause, KIND, row["id"], {"verdict": verdict})
    return records.create(cause, KIND, {"pattern": pattern, "verdict": verdict, "note": note})


def normal_pattern(text: str) -> str | None:
    """An address, or `@` and a domain, in the one form that addresses are compared in; None for anything else."""
    text = text.strip()
    if not text.startswith("@"):
        return normalise(text)
    found = (normalise("x" + text) or "")[1:]
    return found if _DOMAIN.match(found) else None


def fits(pattern: str, email: str) -> bool:
    """Whether an address is the pattern's, or of its very domain."""
    return email == pattern or (pattern.startswith("@") and email.endswith(pattern))


def _normal(text: str) -> str:
    found = normal_pattern(text)
    if not found:
        raise Invalid("this names no sender", FieldError("/pattern", "not_an_address", NO_SENDER))
    return found


def _check_free(org_id: str, id_: str | None, pattern: str) -> None:
    if any(row["pattern"] == pattern and row["id"] != id_ for row in sender_rules(org_id).values()):
        raise Conflict("there is a rule for this sender already", code="exists")
