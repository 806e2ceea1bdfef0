"""The rate that all jobs of an organisation share, so that people do not feel them: tokens leased by the time."""

from __future__ import annotations

import time

from helpdesk.core.config import config
from helpdesk.core.table import ConditionFailed, Update, write


def lease(org_id: str, count: int, per_second: float) -> float:
    """Take `count` tokens; gives the seconds to wait until they are one's own. One or two round trips.

    The row holds until when tokens are taken (milliseconds): virtual scheduling, as in GCRA (ITU-T I.371).
    """
    now, step = int(time.time() * 1000), int(count / per_second * 1000)
    table, pk = config().deliveries_table, f"{org_id}#JOBS"
    idle = "attribute_not_exists(free_at) OR free_at < :now"
    try:
        write(Update(table, pk, "RATE", "SET free_at = :free", idle, values={":free": now + step, ":now": now}))
    except ConditionFailed:
        row = write(Update(table, pk, "RATE", "ADD free_at :step", values={":step": step}))
        return max(0.0, (float(row["free_at"]) - step - now) / 1000)
    return 0.0
