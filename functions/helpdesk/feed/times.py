"""From a time to a place in the feed."""

from __future__ import annotations

from helpdesk.feed import reading, store


def first_at(org_id: str, at: str | None) -> int:
    """The number of the first entry published for an event at `at` or later; one beyond the last without a time.

    Events are numbered in the order of their commits, and so very nearly in that of their times: whoever needs
    an exact bound compares each event's own `at`, too. About log2(entries) reads.
    """
    low, high = 1, int(store.get_head(org_id)["last"]) + 1
    if at is None:
        return high
    while low < high:
        middle = (low + high) // 2
        rows = reading.read(org_id, middle - 1, 1)
        if rows and rows[0]["at"] < at:
            low = middle + 1
        else:
            high = middle
    return low
