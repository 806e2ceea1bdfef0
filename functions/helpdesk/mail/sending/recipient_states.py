"""How far a mail has come for each of those whom it goes to: values that only move forward (EM-34, 35, 73)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

State = dict[str, Any]
"""`{email, status, detail, at}`."""

_RANK = {
    "queued": 0,
    "sent": 1,
    "delayed": 2,
    "delivered": 3,
    "complained": 4,
    "suppressed": 5,
    "bounced": 5,
    "failed": 5,
}
STATUSES = tuple(_RANK)
_WORST = ("delivered", "sent", "queued", "delayed", "complained", "suppressed", "bounced", "failed")


def first_states(to: Iterable[str], kept_back: Mapping[str, tuple[str, str]], at: str) -> list[State]:
    """The states of a mail that is about to go; `kept_back` gives `(status, why)` of those who do not get it."""
    return [
        {"email": email, "status": status, "detail": detail, "at": at}
        for email in dict.fromkeys([*to, *kept_back])
        for status, detail in [kept_back.get(email, ("queued", None))]
    ]


def moved(
    states: Iterable[State], status: str, detail: str | None, at: str, emails: Iterable[str] | None = None
) -> list[State]:
    """The states after `status` was told of `emails`, of all without them; what is behind changes nothing.

    Who was waiting is `sent` by anything that is told of others: SES has taken the mail.
    """
    named = None if emails is None else set(emails)
    after = []
    for state in states:
        told = named is None or state["email"] in named
        wanted, why = (status, detail) if told else ("sent", None)
        ahead = _RANK[wanted] > _RANK[state["status"]]
        after.append(state | {"status": wanted, "detail": why, "at": at} if ahead else state)
    return after


def overall(states: Iterable[State]) -> tuple[str, str | None]:
    """`(status, detail)` of the mail as a whole: what most wants to be looked at. There is at least one state."""
    worst = max(states, key=lambda state: _WORST.index(state["status"]))
    return worst["status"], worst["detail"]
