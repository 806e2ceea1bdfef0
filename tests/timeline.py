"""A clock that stands still until a test moves it: for the desk, and for the delays of moto's queues."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest


class Timeline:
    """The present instant of the whole test."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).replace(microsecond=0)

    def now(self) -> datetime:
        return self.at

    def milliseconds(self, _at: datetime | None = None) -> float:
        return self.at.timestamp() * 1000

    def go(self, **step: float) -> None:
        """Let time pass."""
        self.at += timedelta(**step)

    def next(self, weekday: int, time: str, zone: str) -> datetime:
        """Let time pass until the wall clock of a zone shows it on a weekday (0 is Monday)."""
        local = self.at.astimezone(ZoneInfo(zone))
        hour, minute = map(int, time.split(":"))
        days = (weekday - local.weekday()) % 7 or 7
        self.at = (local + timedelta(days=days)).replace(hour=hour, minute=minute, second=0).astimezone(UTC)
        return self.at


@pytest.fixture
def timeline(monkeypatch: pytest.MonkeyPatch) -> Timeline:
    made = Timeline()
    monkeypatch.setattr("helpdesk.core.clock.now", made.now)
    monkeypatch.setattr("moto.sqs.models.unix_time_millis", made.milliseconds)
    return made


@pytest.fixture
def small(monkeypatch):
    """Buckets of ten, so that an archive has some."""
    for module in ("store", "archive.store", "reading"):
        monkeypatch.setattr(f"helpdesk.feed.{module}.BUCKET", 10)
    monkeypatch.setattr("helpdesk.feed.archive.KEPT_BUCKETS", 1)
