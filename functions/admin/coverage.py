"""Routes of shifts, leaves and coverage: who is on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.calendars.checks import zone_of
from helpdesk.calendars.model import Calendar
from helpdesk.calendars.service import calendars
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.coverage import service
from helpdesk.coverage.checks import day_of, time_of
from helpdesk.coverage.leaves import LEAVE, change_leave, create_leave, remove_leave
from helpdesk.coverage.shifts import SHIFT, change_shift, create_shift, remove_shift
from helpdesk.records import service as records
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call
from helpdesk.web.setting_routes import WRITE, Resource, add_setting_routes


def _body(call: Call) -> dict[str, Any]:
    """The body with `from`, which is no name in Python."""
    return {name.rstrip("_"): value for name, value in call.body.items()}


_SHIFTS = Resource(
    name="shift",
    path="/v1/shifts",
    plural="shifts",
    shape="Shift",
    takes="admin.coverage_bodies",
    rows=lambda call: records.all_of(call.actor.org_id, SHIFT).values(),
    create=lambda call: create_shift(call.cause, _body(call)),
    change=lambda call, id_: change_shift(call.cause, id_, _body(call), call.version),
    remove=lambda call, id_: remove_shift(call.cause, id_, call.version),
)
_LEAVES = Resource(
    name="leave",
    path="/v1/leaves",
    plural="leaves",
    shape="Leave",
    takes="admin.coverage_bodies",
    rows=lambda call: records.all_of(call.actor.org_id, LEAVE).values(),
    create=lambda call: create_leave(call.cause, _body(call)),
    change=lambda call, id_: change_leave(call.cause, id_, _body(call), call.version),
    remove=lambda call, id_: remove_leave(call.cause, id_, call.version),
    sees=WRITE,
)


def add_coverage_routes(api: Api) -> None:
    """Declare the routes on a function's table."""
    add_setting_routes(api, _SHIFTS)
    add_setting_routes(api, _LEAVES)

    @api.route("GET", "/v1/coverage", needs="people:read", gives="Coverage")
    def who_is_on(call: Call) -> Answer:
        """Say who is on at a moment, now or at=, and when the others come next."""
        asked = call.query.get("at")
        at = time_of(asked) if asked else clock.now()
        if not at:
            raise _wrong("at", "not_a_time", "a time with its zone (RFC 3339)")
        return Answer(200, service.who_is_on(_rotas(call), at))

    @api.route("GET", "/v1/coverage/week", needs="people:read", gives="CoverageWeek")
    def show_week(call: Call) -> Answer:
        """Show when colleagues are on within seven days, and when nobody is while a calendar (calendar_id=) is open."""
        zone = call.query.get("zone", "UTC")
        clock_of = zone_of(zone)
        if not clock_of:
            raise _wrong("zone", "unknown", "a zone such as Europe/Berlin")
        today = clock.now().astimezone(clock_of).date()
        monday = (today - timedelta(days=today.weekday())).isoformat()
        first = day_of(call.query.get("from", monday))
        if not first:
            raise _wrong("from", "not_a_date", "such as 2026-11-16")
        return Answer(200, service.week_of(_rotas(call), first, zone, _calendar(call)))


def _rotas(call: Call) -> service.Rotas:
    plans = call.actor.may("settings:write")
    if plans:
        forget()  # who plans sees what is stored, not what this container has kept of it
    return service.rotas(call.actor.org_id, call.query.get("team_id"), reasons=plans)


def _calendar(call: Call) -> Calendar | None:
    id_ = call.query.get("calendar_id")
    known = calendars(call.actor.org_id) if id_ else {}
    if id_ and id_ not in known:
        raise _wrong("calendar_id", "unknown", "there is no such calendar")
    return known[id_] if id_ else None


def _wrong(name: str, code: str, words: str) -> Invalid:
    return Invalid(f"{name} is not right", FieldError(f"/{name}", code, words), malformed=True)
