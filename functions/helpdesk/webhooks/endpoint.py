"""An endpoint while we deliver to it: what waits, how it fares, and whether more may be tried."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from helpdesk.core import clock
from helpdesk.core.items import Item
from helpdesk.webhooks import store
from helpdesk.webhooks.model import Webhook
from helpdesk.webhooks.payload import delivery_id
from helpdesk.webhooks.schedule import TRIES, probe_after
from helpdesk.webhooks.turn_store import Turn

MOST_FAILING = 5  # tickets in a row whose delivery failed: then the endpoint is down, not an event too hard for it


@dataclass
class Endpoint:
    """Shared by the threads that deliver; `failing`: subjects that failed after the last success, and since when."""

    webhook: Webhook
    turn: Turn
    until: float  # of the monotonic clock: when this run makes room for others
    waiting: dict[int, Item] = field(default_factory=dict)
    failing: dict[str, str] = field(default_factory=dict)
    pause_reason: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        rows = self.waiting.values()
        last = self.turn.last_success
        self.failing = {row["subject"]: row["since"] for row in rows if row["tries"] and row["tried_at"] > last}
        alive = max(last, self.turn.up_since, self.webhook.enabled_at)
        if dead := [row for row in rows if row["tries"] >= TRIES and row["tried_at"] > alive]:
            self.pause_reason = f"{TRIES} tries since {dead[0]['since']} have failed"

    @property
    def down(self) -> bool:
        """True when nothing gets through, whatever the ticket."""
        return len(self.failing) >= MOST_FAILING

    @property
    def open(self) -> bool:
        """True while another try may begin."""
        return self.turn.safe and monotonic() < self.until and not self.pause_reason

    @property
    def heads(self) -> dict[str, Item]:
        """For each subject the first of what waits."""
        found: dict[str, Item] = {}
        for seq in sorted(self.waiting):
            found.setdefault(self.waiting[seq]["subject"], self.waiting[seq])
        return found

    def due(self, row: Item) -> bool:
        """True if a waiting event may be tried: its time has come, or the endpoint has come back since its last try."""
        up_since = max(self.turn.up_since, self.webhook.enabled_at)
        return not row["tries"] or row["next_at"] <= clock.stamp() or row["tried_at"] < up_since

    def next_at(self) -> str | None:
        """When there is something to do again, as far as is known now."""
        times = [row["next_at"] for row in self.heads.values() if row["tries"]]
        return min([*times, *([self.turn.probe_at] if self.down else [])], default=None)

    def may_probe(self) -> bool:
        """True if it is time to see whether an endpoint that is down has come back."""
        return self.down and self.turn.probe_at <= clock.stamp()

    def succeeded(self, seq: int, at: datetime) -> None:
        """Note a delivery; if it is the first since others began to fail, everything that waits is due now."""
        with self._lock:
            if self.failing and self.turn.last_success <= min(self.failing.values()):
                self.turn.up_since = clock.iso(at)
            self.turn.last_success = max(self.turn.last_success, clock.iso(at))
            self.turn.probes, self.turn.probe_at = 0, ""
            self.failing.clear()
            self.waiting.pop(seq, None)

    def failed(self, waiting: Item) -> None:
        """Note a try that failed: its event waits from now on."""
        with self._lock:
            self.failing[waiting["subject"]] = waiting["since"]
            self.waiting[waiting["seq"]] = waiting

    def gave_up(self, seq: int) -> None:
        """Note that an event is not tried any more."""
        with self._lock:
            self.waiting.pop(seq, None)

    def probed(self) -> None:
        """Note that we have looked whether the endpoint is back; the next look is later, if it is not."""
        if self.down:
            self.turn.probe_at = clock.iso(clock.now() + timedelta(seconds=probe_after(self.turn.probes)))
            self.turn.probes += 1

    def queue(self, rows: Sequence[dict[str, Any]], replay: str = "") -> None:
        """Let events wait behind others of their tickets."""
        fresh = [queued(self.webhook.id, row, replay) for row in rows if row["seq"] not in self.waiting]
        store.put_waiting(self.webhook.org_id, self.webhook.id, fresh)
        with self._lock:
            self.waiting |= {row["seq"]: row for row in fresh}


def queued(webhook_id: str, row: dict[str, Any], replay: str = "") -> Item:
    """An event of the feed as a waiting row that was never tried."""
    return {
        "seq": row["seq"],
        "delivery_id": delivery_id(webhook_id, row),
        "subject": subject_of(row),
        "tries": 0,
        "since": "",
        "tried_at": "",
        "next_at": "",
        "replay": replay,
    }


def subject_of(row: dict[str, Any]) -> str:
    """What order is kept for: a ticket, or whatever else the event is of."""
    return f"{row['subject']['kind']}/{row['subject']['id']}"
