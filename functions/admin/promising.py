"""Routes of calendars and SLA policies."""

from __future__ import annotations

from typing import Any

from helpdesk.calendars.holidays import known_places
from helpdesk.calendars.service import CALENDAR, change_calendar, create_calendar
from helpdesk.filters.shown import both_forms
from helpdesk.settings import kept
from helpdesk.sla.policies import SLA_POLICY, change_policy, create_policy, give_up_calendar, remove_policy
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed
from helpdesk.web.setting_routes import Resource, add_setting_routes, put_in_order

_BODIES = "admin.promise_bodies"


def add_promising_routes(api: Api) -> None:
    """Add the routes of calendars, holidays and SLA policies."""
    for resource in _RESOURCES:
        add_setting_routes(api, resource)
    api.route("GET", "/v1/holiday-places", needs="settings:read", gives="list:HolidayPlace")(list_holiday_places)


def list_holiday_places(_call: Call) -> Answer:
    """List the countries whose public holidays are known, with their parts."""
    return listed([{"country": country, "parts": parts} for country, parts in known_places().items()])


def _policy(row: dict[str, Any]) -> dict[str, Any]:
    return kept.shown(row) | both_forms(row["filter"])


_RESOURCES = (
    Resource(
        name="calendar",
        path="/v1/calendars",
        plural="calendars",
        shape="Calendar",
        takes=_BODIES,
        rows=lambda call: map(kept.shown, kept.all_of(call.actor.org_id, CALENDAR).values()),
        create=lambda call: kept.shown(create_calendar(call.cause, call.body)),
        change=lambda call, id_: kept.shown(change_calendar(call.cause, id_, call.body, call.version)),
        remove=lambda call, id_: give_up_calendar(call.cause, id_, call.version),
    ),
    Resource(
        name="sla_policy",
        path="/v1/sla-policies",
        plural="SLA policies",
        shape="SlaPolicy",
        takes=_BODIES,
        rows=lambda call: map(_policy, kept.all_of(call.actor.org_id, SLA_POLICY).values()),
        create=lambda call: _policy(create_policy(call.cause, call.body)),
        change=lambda call, id_: _policy(change_policy(call.cause, id_, call.body, call.version)),
        remove=lambda call, id_: remove_policy(call.cause, id_, call.version),
        order=lambda call: put_in_order(call, SLA_POLICY),
    ),
)
