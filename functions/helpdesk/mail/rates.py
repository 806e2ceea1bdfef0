"""Token buckets against loops and storms: per sender, and per sender and ticket (EM-39; pain points 12, 29).

One row per sender, read with what the mail names and written with the mail's own transaction, so a mail costs no
call more for it. An empty bucket writes nothing, so a storm does not fight over the row. Two mails at once may count
as one: the bound is soft, the mail is kept anyhow.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Action, Put

_UNIT = 60  # a mail costs so much; a bucket gains its rate per minute each second
_MOST_TICKETS = 10
_KEPT = timedelta(days=1)
ANSWERS, ANSWERS_PER_MINUTE = 2, 0.1  # automatic answers to one sender: two at once, then one in ten minutes


@dataclass(frozen=True, slots=True)
class Buckets:
    """What a sender has left, as `[units, epoch seconds]`: of mails, of our automatic answers, and by ticket."""

    mails: tuple[int, int] | None = None
    answers: tuple[int, int] | None = None
    tickets: tuple[tuple[str, tuple[int, int]], ...] = ()

    def take_mail(self, burst: int, per_minute: float) -> tuple[bool, Buckets]:
        """Whether a mail is within the sender's rate, and what is left then."""
        taken, left = _take(self.mails, burst, per_minute)
        return taken, replace(self, mails=left)

    def take_answer(self) -> tuple[bool, Buckets]:
        """Whether one more automatic answer may go to the sender."""
        taken, left = _take(self.answers, ANSWERS, ANSWERS_PER_MINUTE)
        return taken, replace(self, answers=left)

    def take_ticket(self, ticket_id: str, burst: int) -> tuple[bool, Buckets]:
        """Whether the sender may move this ticket once more: `burst` mails, then one a minute."""
        known = dict(self.tickets)
        taken, left = _take(known.pop(ticket_id, None), burst, 1)
        return taken, replace(self, tickets=((ticket_id, left), *tuple(known.items())[: _MOST_TICKETS - 1]))


def key_of(org_id: str, sender: str) -> tuple[str, str, str]:
    """Where a sender's row stands: `(table, pk, sk)`; his address is not in it."""
    digest = hashlib.sha256(sender.encode()).hexdigest()
    return config().deliveries_table, f"{org_id}#MAILRATE#{digest}", "RATE"


def buckets_in(row: Item | None) -> Buckets:
    """The buckets of a row; without one all are full."""
    if not row:
        return Buckets()
    pairs: dict[str, Any] = {name: (int(row[name][0]), int(row[name][1])) for name in ("mails", "answers") if row[name]}
    return Buckets(**pairs, tickets=tuple((one[0], (int(one[1]), int(one[2]))) for one in row["tickets"]))


def keeping(org_id: str, sender: str, buckets: Buckets) -> Action:
    """The write that keeps them, for a day."""
    table, pk, sk = key_of(org_id, sender)
    row = {
        "pk": pk,
        "sk": sk,
        "mails": list(buckets.mails or ()),
        "answers": list(buckets.answers or ()),
        "tickets": [[id_, *left] for id_, left in buckets.tickets],
        "expires_at": clock.epoch(clock.now() + _KEPT),
    }
    return Put(table, row)


def _take(bucket: tuple[int, int] | None, burst: int, per_minute: float) -> tuple[bool, tuple[int, int]]:
    now, full = clock.epoch(clock.now()), burst * _UNIT
    units, at = bucket or (full, now)
    units = min(full, units + int(max(0, now - at) * per_minute))
    return (True, (units - _UNIT, now)) if units >= _UNIT else (False, (units, now))
