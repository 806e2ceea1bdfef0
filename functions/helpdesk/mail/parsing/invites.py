"""Calendar parts as data: what an invitation says, without ever working out its repetitions (RFC 5545, 5546; EM-60)."""

from __future__ import annotations

import re
import threading
import warnings
from datetime import UTC, date, datetime
from typing import Any

from helpdesk.core import email_address
from helpdesk.mail.model import Attendee, Invite
from helpdesk.mail.parsing import charsets

TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
LARGEST = 512 * 1024
MOST_EVENTS = 5
MOST_ATTENDEES = 50
_LONGEST, _LONGEST_NAME = 500, 100
_FOLD = re.compile(r"\r?\n[ \t]")
_ZONE = re.compile(r"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE[ \t]*\n?", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_ZONE_RULE = re.compile(r"^(?:RRULE|EXRULE|RDATE)\b.*", re.IGNORECASE | re.MULTILINE)
_YEARLY = re.compile(
    r"RRULE:(?:(?:FREQ=YEARLY|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[\d,-]{1,30}|WKST=[A-Z]{2}|INTERVAL=1"
    r"|UNTIL=[\dTZ]{8,16})(?:;|\s*\Z))+",
    re.IGNORECASE,
)
_MOST_ZONE_RULES = 40
_ALONE = threading.Lock()


def read(content: bytes, charset: str | None, sha256: str) -> tuple[tuple[Invite, ...], str | None]:
    """The events of one calendar file and a defect code; `sha256` names the file."""
    if len(content) > LARGEST:
        return (), "calendar_too_large"
    text, _ = charsets.decode(content, charset or "utf-8")
    try:
        found = _events(_without_costly_zones(text))
        return tuple(_invite(one, event, sha256) for one, event in found[:MOST_EVENTS]), None
    except Exception:  # whatever a calendar program wrote, the file is there to be opened
        return (), "calendar_broken"


def _events(text: str) -> list[tuple[Any, Any]]:
    """Each event with its calendar.

    The library remembers the zones that a file defines, and gives them to the next file that names one alike: what a
    stranger calls `Office` must not move another's appointments, so it forgets them before each file.
    """
    from icalendar import Calendar
    from icalendar.timezone import tzp

    with _ALONE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tzp.use_default()
        return [(one, event) for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]


def describe(invite: Invite) -> str:
    """An invitation in plain lines, for a mail that says nothing else."""
    until = f" - {invite.end}" if invite.end else ""
    when = f"{invite.start}{until}" if invite.start else ""
    organizer = invite.organizer.email if invite.organizer else ""
    return "\n".join(line for line in (invite.summary, when, invite.location, organizer) if line)


def _without_costly_zones(text: str) -> str:
    """The library walks through every change of a zone up to the event's day: `FREQ=SECONDLY` keeps it busy for ever.

    Zones that change by other rules than once a year are left out, and their events then have no zone.
    """
    flat = _FOLD.sub("", text.replace("\r\n", "\n"))
    rules = [rule for zone in _ZONE.findall(flat) for rule in _ZONE_RULE.findall(zone)]
    honest = len(rules) <= _MOST_ZONE_RULES and all(_YEARLY.fullmatch(rule.strip()) for rule in rules)
    return flat if honest else _ZONE.sub("", flat)


def _invite(calendar: Any, event: Any, sha256: str) -> Invite:
    rule = event.get("RRULE")
    organizer = event.get("ORGANIZER")
    attendees = event.get("ATTENDEE") or ()
    listed = attendees if isinstance(attendees, list) else [attendees] if attendees else []
    return Invite(
        method=_text(calendar.get("METHOD")).upper()[:20],
        summary=_text(event.get("SUMMARY")),
        start=_time(event, "start"),
        end=_time(event, "end"),
        organizer=_person(organizer) if organizer else None,
        location=_text(event.get("LOCATION")),
        attendees=tuple(filter(None, map(_person, listed[:MOST_ATTENDEES]))),
        recurrence=rule.to_ical().decode("ascii", "replace")[:_LONGEST] if hasattr(rule, "to_ical") else "",
        status=_text(event.get("STATUS")).lower()[:20],
        uid=_text(event.get("UID")),
        sha256=sha256,
    )


def _text(value: Any) -> str:
    one = value[0] if isinstance(value, list) and value else value
    return " ".join(str(one or "").split())[:_LONGEST]


def _time(event: Any, name: str) -> str | None:
    try:
        found = getattr(event, name)
    except Exception:  # the library raises on what is missing, broken or too far away
        return None
    if not isinstance(found, datetime):
        return found.isoformat() if isinstance(found, date) else None
    if found.tzinfo is None:
        return found.isoformat(timespec="seconds")
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if found.year > 1 else None


def _person(value: Any) -> Attendee | None:
    address = re.sub(r"(?i)\Amailto:", "", str(value).strip())
    email = email_address.normalise(address)
    parameters = getattr(value, "params", {})
    name = _text(parameters.get("CN"))[:_LONGEST_NAME]
    return Attendee(name, email or "", _text(parameters.get("PARTSTAT")).lower()[:20]) if email or name else None
