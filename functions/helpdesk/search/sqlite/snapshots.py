"""A search index as one object in S3, packed: made from a copy of the file, and taken in its place."""

from __future__ import annotations

import gzip
import shutil

from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.ids import new_id
from helpdesk.search.sqlite.engine import SqliteEngine


def upload(engine: SqliteEngine, org_id: str) -> tuple[str, int]:
    """Store a snapshot of the engine's file; gives its key and its size in bytes."""
    copy = engine.path.with_suffix(".snapshot")
    packed = copy.with_suffix(".gz")
    engine.copy_to(copy)
    with copy.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    key, size = f"{org_id}/{new_id()}.db.gz", packed.stat().st_size
    blobs.put_file(config().search_bucket, key, packed)
    copy.unlink()
    packed.unlink()
    return key, size


def download(engine: SqliteEngine, key: str) -> None:
    """Take a snapshot as the engine's file.

    Raises
    ------
    NotFound
        when another container has replaced it meanwhile.
    """
    engine.path.parent.mkdir(parents=True, exist_ok=True)
    packed, fresh = engine.path.with_suffix(".base.gz"), engine.path.with_suffix(".base")
    blobs.get_file(config().search_bucket, key, packed)
    with gzip.open(packed, "rb") as source, fresh.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    packed.unlink()
    engine.take(fresh)
