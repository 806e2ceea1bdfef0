"""Rows of senders' rates: read with what a mail names, written in its transaction (see `rates`)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Action, Put
from helpdesk.mail.receiving.rates import Buckets

_KEPT = timedelta(days=1)


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
