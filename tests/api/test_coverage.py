"""AD-04, RT-06: shifts and leaves as administrators keep them, and who is on at any moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.callers import staff

WEEK = {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # ten in Berlin


@pytest.fixture
def rota(admin, agent, timeline) -> dict[str, Any]:
    """Sam of the team Hardware has the office's hours, in Berlin; it is Friday, ten o'clock."""
    timeline.at = FRIDAY
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"team_ids": [team]}).status == 200
    return {"team": team, "sam": agent.me["id"], "shift": shift(admin, agent.me["id"])["id"]}


def shift(admin, person_id: str, **values: Any) -> dict[str, Any]:
    reply = admin.post("/v1/shifts", {"person_id": person_id, "zone": "Europe/Berlin", "hours": WEEK} | values)
    assert reply.status == 201, reply.body
    return reply.body


def leave(admin, person_id: str, since: str, until: str, **values: Any) -> dict[str, Any]:
    reply = admin.post("/v1/leaves", {"person_id": person_id, "from": since, "until": until} | values)
    assert reply.status == 201, reply.body
    return reply.body


def pointers(reply) -> set[tuple[str, str]]:
    assert reply.status == 422, reply.body
    return {(one["pointer"], one["code"]) for one in reply.body["errors"]}


def test_ad04_who_is_on_is_told_now_and_at_any_moment(admin, agent, rota):
    now = agent.get("/v1/coverage").body
    assert now["at"] == "2026-11-20T09:00:00.000Z"
    assert now["on"] == [{"person_id": rota["sam"], "name": "Agent Person", "until": "2026-11-20T16:00:00.000Z"}]
    assert now["off"] == [{"person_id": admin.me["id"], "name": "Admin Person", "next": None, "away": None}]
    late = agent.get("/v1/coverage?at=2026-11-20T20:00:00Z").body
    assert late["on"] == []
    assert [one["next"] for one in late["off"] if one["person_id"] == rota["sam"]] == ["2026-11-23T07:00:00.000Z"]
    assert agent.get("/v1/coverage?at=2026-07-24T06:30:00Z").body["on"], "eight o'clock in summer"
    assert not agent.get("/v1/coverage?at=2026-11-20T06:30:00Z").body["on"]


def test_who_is_on_leave_is_off_and_marked_until_it_ends(admin, agent, rota):
    leave(admin, rota["sam"], "2026-11-20", "2026-11-23", reason="sick")
    (sam,) = [one for one in admin.get("/v1/coverage").body["off"] if one["person_id"] == rota["sam"]]
    assert sam["away"] == {"until": "2026-11-23T23:00:00.000Z", "reason": "sick"}
    assert sam["next"] == "2026-11-24T07:00:00.000Z"


def test_why_somebody_is_away_is_for_those_who_plan(cloud, admin, agent, rota):
    leave(admin, rota["sam"], "2026-11-20", "2026-11-20", reason="sick")
    told = [one.get("/v1/coverage").body["off"] for one in (admin, agent)]
    reasons = [next(row["away"]["reason"] for row in off if row["person_id"] == rota["sam"]) for off in told]
    weeks = [one.get("/v1/coverage/week?from=2026-11-16").body["people"] for one in (admin, agent)]
    drawn = [next(row["leaves"][0]["reason"] for row in week if row["leaves"]) for week in weeks]
    assert reasons == drawn == ["sick", "leave"]
    assert agent.get("/v1/leaves").status == 403
    cloud.pump()
    assert "sick" not in str(agent.get("/v1/events?after=0").body)


def test_a_team_and_those_who_left(admin, agent, rota):
    other = staff("agent", "eve@acme.test").me["id"]
    shift(admin, other)
    assert len(agent.get("/v1/coverage").body["on"]) == 2
    assert [one["person_id"] for one in agent.get(f"/v1/coverage?team_id={rota['team']}").body["on"]] == [rota["sam"]]
    assert agent.get("/v1/coverage?team_id=nobody").body["on"] == []
    assert admin.patch(f"/v1/people/{other}", {"disabled": True}).status == 200
    now = agent.get("/v1/coverage").body
    assert other not in {one["person_id"] for one in now["on"] + now["off"]}


def test_ad04_a_week_shows_shifts_leaves_and_what_nobody_covers(cloud, admin, agent, rota):
    from helpdesk.access.actor import cause_of, system
    from helpdesk.calendars.service import create_calendar

    hours = {"thu": [["08:00", "18:00"]], "fri": [["08:00", "18:00"]]}
    made = create_calendar(cause_of(system("acme"), "system"), {"name": "x", "zone": "Europe/Berlin", "hours": hours})
    away = leave(admin, rota["sam"], "2026-11-20T13:00:00Z", "2026-11-20T15:00:00+00:00", reason="other")
    asked = f"from=2026-11-16&zone=Europe/Berlin&team_id={rota['team']}&calendar_id={made['id']}"
    week = admin.get(f"/v1/coverage/week?{asked}").body
    assert (week["from"], week["until"]) == ("2026-11-15T23:00:00.000Z", "2026-11-22T23:00:00.000Z")
    (sam,) = week["people"]
    assert len(sam["spans"]) == 6
    assert sam["spans"][-2:] == [
        {"from": f"2026-11-20T{since}:00:00.000Z", "until": f"2026-11-20T{until}:00:00.000Z", "shift_id": rota["shift"]}
        for since, until in (("07", "13"), ("15", "16"))
    ]
    times = {"from": "2026-11-20T13:00:00.000Z", "until": "2026-11-20T15:00:00.000Z"}
    assert sam["leaves"] == [times | {"reason": "other", "leave_id": away["id"]}]
    assert [(one["from"][:13], one["until"][:13]) for one in week["uncovered"]] == [
        ("2026-11-19T16", "2026-11-19T17"),
        ("2026-11-20T13", "2026-11-20T15"),
        ("2026-11-20T16", "2026-11-20T17"),
    ]
    assert agent.get("/v1/coverage/week").body["from"] == "2026-11-16T00:00:00.000Z", "this week, of UTC"


def test_a_week_of_changing_clocks_is_an_hour_longer_and_a_night_shift_too(admin, agent, rota):
    nights = shift(admin, rota["sam"], hours={"sat": [["22:00", "06:00"]]})
    week = agent.get("/v1/coverage/week?from=2026-10-19&zone=Europe/Berlin").body
    assert (week["from"], week["until"]) == ("2026-10-18T22:00:00.000Z", "2026-10-25T23:00:00.000Z")
    (night,) = [one for person in week["people"] for one in person["spans"] if one["shift_id"] == nights["id"]]
    assert (night["from"], night["until"]) == ("2026-10-24T20:00:00.000Z", "2026-10-25T05:00:00.000Z")


@pytest.mark.parametrize(
    "query", ["at=yesterday", "at=2026-11-20", "at=0001-01-01T00:00:00Z", "at=9999-12-31T23:59:59Z"]
)
def test_a_moment_that_is_none_is_a_400(agent, query):
    assert agent.get(f"/v1/coverage?{query}").status == 400


@pytest.mark.parametrize(
    "query",
    ["from=2026-02-30", "from=0001-01-01", "from=20261116", "zone=Mars", "zone=../etc", "zone=", "calendar_id=none"],
)
def test_a_week_that_is_none_is_a_400(agent, query):
    assert agent.get(f"/v1/coverage/week?{query}").status == 400


def test_every_fault_of_a_shift_is_told_at_its_place(admin, customer, rota):
    wrong = {"person_id": customer.me["id"], "zone": "Mars/Base", "from": "2026-11-21", "until": "2026-11-20"}
    hours = {"mon": [["25:00", "26:00"]], "tue": [["08:00", "08:00"]], "wed": [["24:00", "08:00"]]}
    assert pointers(admin.post("/v1/shifts", wrong | {"hours": hours})) == {
        ("/person_id", "not_staff"),
        ("/zone", "unknown"),
        ("/hours/mon/0", "not_a_time"),
        ("/hours/tue/0", "empty"),
        ("/hours/wed/0", "not_a_time"),
        ("/until", "before_from"),
    }
    right = {"person_id": rota["sam"], "zone": "UTC"}
    overlapping = {"sat": [["22:00", "08:00"]], "sun": [["07:00", "09:00"], ["20:00", "04:00"]]}
    assert pointers(admin.post("/v1/shifts", right | {"hours": overlapping})) == {("/hours/sun", "overlaps")}
    assert pointers(admin.post("/v1/shifts", right | {"hours": {"sat": []}})) == {("/hours", "empty")}
    assert pointers(admin.post("/v1/shifts", right | {"hours": WEEK, "from": "2026-02-30"})) == {
        ("/from", "not_a_date")
    }
    assert pointers(admin.post("/v1/shifts", right | {"hours": WEEK, "person_id": "nobody"})) == {
        ("/person_id", "unknown")
    }


def test_shifts_of_one_person_do_not_overlap_and_those_of_two_may(admin, agent, rota):
    twice = {"person_id": rota["sam"], "zone": "Europe/London", "hours": {"mon": [["15:30", "20:00"]]}}
    reply = admin.post("/v1/shifts", twice)
    assert pointers(reply) == {("/hours", "overlaps_shift")}
    assert "15:30 to 16:00" in reply.body["errors"][0]["message"]
    evening = shift(admin, rota["sam"], hours={"mon": [["17:00", "20:00"]]})
    path = f"/v1/shifts/{evening['id']}"
    assert pointers(admin.patch(path, {"hours": {"mon": [["16:59", "20:00"]]}})) == {("/hours", "overlaps_shift")}
    shift(admin, admin.me["id"])
    ended = admin.patch(f"/v1/shifts/{rota['shift']}", {"until": "2026-11-22"})
    assert (ended.status, ended.body["until"]) == (200, "2026-11-22")
    assert admin.patch(path, {"hours": {"mon": [["08:00", "20:00"]]}, "from": "2026-11-23"}).status == 200
    assert pointers(admin.patch(f"/v1/shifts/{rota['shift']}", {"until": None})) == {("/hours", "overlaps_shift")}


def test_a_shift_that_is_asked_for_twice_is_made_once(admin, rota):
    body = {"person_id": rota["sam"], "zone": "UTC", "hours": {"sun": [["10:00", "12:00"]]}, "note": "on call"}
    first, again = (admin.post("/v1/shifts", body, Idempotency_Key="once") for _ in range(2))
    assert first.status == again.status == 201
    assert first.body["id"] == again.body["id"] and len(admin.get("/v1/shifts").body["data"]) == 2


def test_every_fault_of_a_leave_is_told_at_its_place(admin, rota):
    def faults(since: str, until: str, **values: Any) -> set[tuple[str, str]]:
        body = {"person_id": rota["sam"], "from": since, "until": until} | values
        return pointers(admin.post("/v1/leaves", body))

    assert faults("2026-02-30", "2026-11-20T10:00:00", person_id="nobody") == {
        ("/person_id", "unknown"),
        ("/from", "not_a_time"),
        ("/until", "not_a_time"),
    }
    assert faults("2026-11-20", "2026-11-19") == {("/until", "before_from")}
    assert faults("2026-11-20T10:00:00Z", "2026-11-20T11:00:00+01:00") == {("/until", "before_from")}
    assert faults("2026-11-20", "2026-11-20T11:00:00+01:00") == {("/until", "mixed")}
    assert faults("2026-11-20", "2026-11-20", reason="bored") == {("/reason", "literal_error")}


def test_shifts_and_leaves_are_settings_with_versions_and_events(cloud, admin, agent, rota):
    path = f"/v1/leaves/{leave(admin, rota['sam'], '2026-11-27', '2026-11-27')['id']}"
    changed = admin.patch(path, {"until": "2026-11-28", "note": "a long weekend"}, If_Match='"1"')
    assert (changed.status, changed.body["version"]) == (200, 2)
    assert admin.patch(path, {"until": "2026-11-29"}, If_Match='"1"').status == 412
    assert pointers(admin.patch(path, {"until": "2026-11-26"})) == {("/until", "before_from")}
    for one in (path, f"/v1/shifts/{rota['shift']}"):
        assert agent.get(one).status == (200 if "shifts" in one else 403)
        assert agent.patch(one, {"note": "x"}).status == 403
        assert (admin.delete(one).status, admin.get(one).status, admin.delete(one).status) == (204, 404, 404)
    assert agent.post("/v1/shifts", {"person_id": rota["sam"], "zone": "UTC", "hours": WEEK}).status == 403
    assert agent.get("/v1/coverage").body["on"] == []
    cloud.pump()
    events = admin.get("/v1/events?after=0").body["data"]
    told = [(one["type"], one["subject"]["kind"]) for one in events if one["subject"]["kind"] in ("shift", "leave")]
    assert told == [
        *(("setting.created", "shift"), ("setting.created", "leave"), ("setting.changed", "leave")),
        *(("setting.deleted", "leave"), ("setting.deleted", "shift")),
    ]
