"""Which engine answers for an organisation: OpenSearch where there is one, else SQLite, alone or by snapshots."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpdesk.core.config import config
from helpdesk.search.engine import Engine


@cache
def engine_for(org_id: str) -> Engine:
    """The organisation's engine, kept for the container's life.

    `SEARCH_ENDPOINT` names an OpenSearch domain. Without it the documents are in SQLite below `SEARCH_PATH`: on a
    laptop that file is all; on AWS each container has its copy, brought up to date from the log.
    """
    if config().search_endpoint:
        from helpdesk.search.opensearch.engine import OpenSearchEngine, connect

        return OpenSearchEngine(connect(config().search_endpoint, config().aws_region), org_id)
    from helpdesk.search.sqlite.engine import SqliteEngine
    from helpdesk.search.sqlite.shared import SharedEngine

    engine = SqliteEngine(path_of(org_id))
    return engine if config().local else SharedEngine(engine, org_id)


def path_of(org_id: str) -> Path:
    """The organisation's file."""
    return Path(config().search_path) / f"{org_id}.db"


def forget() -> None:
    """Close what is open; the next question opens it anew (tests, and after a rebuild)."""
    engine_for.cache_clear()
