"""Old buckets of the feed in S3: moved once a day, read by the same call as the rest.

A bucket is written, read back and compared, then marked; its rows are removed from the table by a later run, an
hour or more after the mark. So a reader whose knowledge of the mark is a minute old still finds them, and a run
that is killed anywhere leaves a bucket in at least one of the two places.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from helpdesk.core import blobs, clock
from helpdesk.core.cache import remember
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.feed import archive_store, store

KEPT_BUCKETS = 100  # the newest stay in the table ...
KEPT = timedelta(days=30)  # ... unless they are older than this
GRACE = timedelta(hours=1)
_KNOWN_SECONDS = 60


def archive(org_id: str, seconds: float = 600) -> int:
    """Remove what has been archived for an hour, then archive what is old; says how many buckets were archived.

    Stops after `seconds`; the next run goes on from there.
    """
    until = time.monotonic() + seconds
    mark = archive_store.get_mark(org_id)
    if mark["at"] and clock.parse(mark["at"]) + GRACE <= clock.now():
        for bucket in range(mark["cleared"], mark["archived"]):
            if time.monotonic() > until:
                return 0
            _follow_purges(org_id, bucket)
            store.remove_bucket(org_id, bucket)
            archive_store.set_cleared(org_id, bucket + 1)
    newest = store.get_head(org_id)["last"] // store.BUCKET
    moved = 0
    for bucket in range(mark["archived"], newest):
        if time.monotonic() > until or not _move(org_id, bucket, newest):
            return moved
        moved += 1
    return moved


def archived_buckets(org_id: str) -> int:
    """How many buckets, from the first, are read from the archive; known for a minute of the wall clock."""
    return _archived(org_id, clock.epoch(clock.now()) // _KNOWN_SECONDS)


def read_bucket(org_id: str, bucket: int) -> list[Item]:
    """The rows of an archived bucket, in order."""
    return _unpacked(blobs.get(config().archive_bucket, key_of(org_id, bucket)))


def rewrite(org_id: str, bucket: int, change: Callable[[Item], Item]) -> None:
    """Change rows of an archived bucket, and keep no older version of it.

    For a purge, which blanks what rows say and leaves their numbers and hashes.

    Raises
    ------
    Unavailable
        when another writer changed the bucket meanwhile; trying again is safe.
    """
    name, key = config().archive_bucket, key_of(org_id, bucket)
    content, tag = blobs.get_tagged(name, key)
    before = _unpacked(content)
    after = [change(row) for row in before]
    if after != before:
        blobs.replace(name, key, _packed(after), tag, "application/gzip")
    blobs.erase_older(name, key)


def key_of(org_id: str, bucket: int) -> str:
    """Where a bucket lies in the archive."""
    return f"feed/{org_id}/{bucket:09}.jsonl.gz"


def _move(org_id: str, bucket: int, newest: int) -> bool:
    """Archive one full bucket if it is time for it; False if it is not, or another run did it."""
    rows = store.bucket_rows(org_id, bucket)
    young = not rows or clock.parse(rows[-1]["at"]) + KEPT > clock.now()
    if young and bucket > newest - KEPT_BUCKETS:
        return False
    blobs.put(config().archive_bucket, key_of(org_id, bucket), _packed(rows), "application/gzip")
    if read_bucket(org_id, bucket) != rows:
        raise RuntimeError(f"bucket {bucket} reads otherwise than it was written")
    try:
        archive_store.set_archived(org_id, bucket + 1, clock.stamp())
    except ConditionFailed:
        return False
    _follow_purges(org_id, bucket)
    return True


def _follow_purges(org_id: str, bucket: int) -> None:
    """Blank in the archive what was purged in the table while the bucket was on its way."""
    purged = {row["seq"]: row for row in store.bucket_rows(org_id, bucket) if row.get("purged")}
    if purged:
        rewrite(org_id, bucket, lambda row: purged.get(row["seq"], row))


@remember(seconds=2 * _KNOWN_SECONDS)
def _archived(org_id: str, _minute: int) -> int:
    return int(archive_store.get_mark(org_id)["archived"])


def _packed(rows: list[Item]) -> bytes:
    lines = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    return gzip.compress(lines.encode(), mtime=0)


@lru_cache(maxsize=4)
def _unpacked(content: bytes) -> list[Item]:
    return [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]
