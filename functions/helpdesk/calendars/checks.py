"""What is wrong with a zone and with times of a day, for all that is kept by the week."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from helpdesk.calendars.model import hours_of
from helpdesk.core.errors import FieldError

Faults = list[FieldError]


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of this name, None if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_faults(name: str) -> Faults:
    """The fault of a zone that there is not, at `/zone`."""
    return [] if zone_of(name) else [FieldError("/zone", "unknown", "a zone such as Europe/Berlin")]


def times_faults(pairs: list[list[str]], pointer: str) -> Faults:
    """The first fault of pairs of times, each by itself, at its place below the pointer."""
    for index, pair in enumerate(pairs):
        try:
            hours_of([pair])
        except ValueError:
            return [FieldError(f"{pointer}/{index}", "not_a_time", "two times HH:MM, from and until")]
        if pair[0] == pair[1]:
            return [FieldError(f"{pointer}/{index}", "empty", "it ends when it begins; 00:00 to 24:00 is a whole day")]
    return []
