"""Token buckets against loops and storms: per sender, and per sender and ticket (EM-39; pain points 12, 29).

One row per sender, read with what the mail names and written with the mail's own transaction, so a mail costs no
call more for it. An empty bucket writes nothing, so a storm does not fight over the row. Two mails at once may count
as one: the bound is soft, the mail is kept anyhow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpdesk.core import clock

_UNIT = 60  # a mail costs so much; a bucket gains its rate per minute each second
_MOST_TICKETS = 10
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


def _take(bucket: tuple[int, int] | None, burst: int, per_minute: float) -> tuple[bool, tuple[int, int]]:
    now, full = clock.epoch(clock.now()), burst * _UNIT
    units, at = bucket or (full, now)
    units = min(full, units + int(max(0, now - at) * per_minute))
    return (True, (units - _UNIT, now)) if units >= _UNIT else (False, (units, now))
