"""The feed in order, wherever a stretch of it stands: in the table, or in the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from helpdesk.core.items import Item
from helpdesk.feed import archive, store
from helpdesk.feed.store import BUCKET


def read(org_id: str, after: int, limit: int) -> list[Item]:
    """Up to `limit` entries after number `after`, in order, without a gap."""
    found: list[Item] = []
    position = after
    while len(found) < limit:
        bucket = (position + 1) // BUCKET
        if bucket >= archive.archived_buckets(org_id):
            return found + store.read(org_id, position, limit - len(found))
        rows = [row for row in archive.read_bucket(org_id, bucket) if row["seq"] > position]
        found += rows[: limit - len(found)]
        position = (bucket + 1) * BUCKET - 1
    return found


def read_some(org_id: str, numbers: Sequence[int]) -> dict[int, Item]:
    """The entries with these numbers, by number; those that were never given are not in it."""
    limit = archive.archived_buckets(org_id) * BUCKET
    by_bucket: dict[int, set[int]] = defaultdict(set)
    for seq in numbers:
        if seq < limit:
            by_bucket[seq // BUCKET].add(seq)
    found = store.read_some(org_id, [seq for seq in numbers if seq >= limit])
    for bucket, wanted in by_bucket.items():
        found |= {row["seq"]: row for row in archive.read_bucket(org_id, bucket) if row["seq"] in wanted}
    return found


def read_back(org_id: str, below: int, limit: int) -> list[Item]:
    """Up to `limit` entries before number `below`, newest first, all of one bucket."""
    bucket = (below - 1) // BUCKET
    if bucket >= archive.archived_buckets(org_id):
        return store.read_back(org_id, below, limit)
    rows = [row for row in archive.read_bucket(org_id, bucket) if row["seq"] < below]
    return rows[::-1][:limit]
