"""AD-09, TM-21, RT-09: what is promised, by when, and whether it was kept; pain points 30 and 31."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpdesk.core import clock
from tests.api.test_timers import seen, tick
from tests.callers import NEW_TICKET

BERLIN = "Europe/Berlin"
OFFICE = {day: [["09:00", "12:30"], ["13:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = {"first_response": {"normal": 60, "high": 30}, "resolution": {"normal": 480, "high": 240}}


def policy(admin, **values: Any) -> dict[str, Any]:
    made = admin.post("/v1/sla-policies", {"name": "Gold", "targets": HOURS} | values)
    assert made.status == 201, made.body
    return made.body


def calendar(admin, **values: Any) -> dict[str, Any]:
    made = admin.post("/v1/calendars", {"name": "Office", "zone": BERLIN, "hours": OFFICE} | values)
    assert made.status == 201, made.body
    return made.body


def targets(agent, ticket: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["target"]: one for one in agent.get(f"/v1/tickets/{ticket['id']}").body["sla"]["targets"]}


def opened(agent, **values: Any) -> dict[str, Any]:
    made = agent.post("/v1/tickets", NEW_TICKET | values)
    assert made.status == 201, made.body
    return made.body


def after(start: str, **step: float) -> str:
    return clock.iso(clock.parse(start) + timedelta(**step))


def answer(agent, ticket: dict[str, Any], text: str = "Try this") -> None:
    sent = agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": text})
    assert sent.status == 201, sent.body


def ask(customer, ticket: dict[str, Any]) -> None:
    sent = customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "And now?"})
    assert sent.status == 201, sent.body


def test_ad09_a_ticket_carries_its_promises_from_the_first_moment(admin, agent, timeline):
    made = policy(admin)
    ticket = opened(agent)
    assert (ticket["sla"]["policy_id"], ticket["sla"]["policy"]) == (made["id"], "Gold")
    found = {one["target"]: (one["state"], one["due_at"]) for one in ticket["sla"]["targets"]}
    assert found == {
        "first_response": ("running", after(ticket["created_at"], minutes=60)),
        "resolution": ("running", after(ticket["created_at"], minutes=480)),
    }
    assert ticket["due_at"] == after(ticket["created_at"], minutes=60)
    timers = [one["id"] for one in agent.get(f"/v1/tickets/{ticket['id']}/timers").body["data"]]
    assert timers == ["warn:first_response", "breach:first_response", "warn:resolution", "breach:resolution"]


def test_ad09_the_answer_keeps_the_promise_and_the_next_question_begins_another(agent, admin, customer, timeline):
    policy(admin, targets=HOURS | {"next_response": {"normal": 120}, "update": {"normal": 1440}})
    ticket = opened(agent)
    timeline.go(minutes=59)
    answer(agent, ticket)
    met = targets(agent, ticket)
    assert (met["first_response"]["state"], "next_response" in met) == ("met", False)
    assert met["update"]["since"] == met["first_response"]["met_at"]
    timeline.go(minutes=10)
    ask(customer, ticket)
    asked = targets(agent, ticket)["next_response"]
    timeline.go(minutes=10)
    ask(customer, ticket)
    assert targets(agent, ticket)["next_response"] == asked, "the first unanswered question counts"
    timeline.go(minutes=10)
    answer(agent, ticket, "And this")
    assert targets(agent, ticket)["next_response"]["state"] == "met"
    timeline.go(minutes=10)
    ask(customer, ticket)
    again = targets(agent, ticket)["next_response"]
    assert again["state"] == "running" and again["since"] > asked["since"]


def test_ad09_the_clock_stands_while_it_waits_and_when_it_is_done(agent, admin, timeline):
    policy(admin, targets={"resolution": {"normal": 480}})
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}"
    timeline.go(minutes=100)
    agent.patch(path, {"status_id": "waiting"})
    paused = targets(agent, ticket)["resolution"]
    assert (paused["state"], paused["left_seconds"], paused["due_at"]) == ("paused", 380 * 60, None)
    assert agent.get(path).body["due_at"] is None
    timeline.go(days=3)
    tick()
    assert seen(agent, path, "ticket.sla_breached") == []
    agent.patch(path, {"status_id": "open"})
    assert targets(agent, ticket)["resolution"]["due_at"] == after(clock.stamp(), minutes=380)
    timeline.go(minutes=80)
    agent.put(f"{path}/resolution")
    assert targets(agent, ticket)["resolution"]["state"] == "met"
    timeline.go(days=9)
    agent.delete(f"{path}/resolution")
    reopened = targets(agent, ticket)["resolution"]
    assert (reopened["state"], reopened["due_at"]) == ("running", after(clock.stamp(), minutes=300))


def test_pain31_a_promise_counts_the_hours_of_its_calendar(admin, agent, timeline):
    monday = timeline.next(0, "16:30", BERLIN)  # half an hour is left of it
    closed = [{"date": f"{monday + timedelta(days=1):%Y-%m-%d}", "name": "Away", "hours": []}]
    made = calendar(admin, exceptions=closed)
    policy(admin, calendar_id=made["id"], targets={"first_response": {"normal": 120}})
    wednesday = (monday + timedelta(days=2)).astimezone(ZoneInfo(BERLIN)).replace(hour=10, minute=30)
    assert opened(agent)["due_at"] == clock.iso(wednesday)


def test_rt09_a_warning_and_a_breach_are_told_once_each_and_in_time(cloud, admin, agent, timeline):
    policy(admin, targets={"first_response": {"normal": 60}})
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}"
    timeline.go(minutes=44, seconds=59)
    tick()
    assert seen(agent, path, "ticket.sla_warned") == []
    timeline.go(seconds=2)
    for _ in range(3):
        tick()
    (warned,) = seen(agent, path, "ticket.sla_warned")
    assert (warned["data"]["target"], warned["data"]["policy"]) == ("first_response", "Gold")
    timeline.go(minutes=15)
    for _ in range(3):
        tick()
    (breached,) = seen(agent, path, "ticket.sla_breached")
    assert breached["data"]["due_at"] == ticket["due_at"]
    assert targets(agent, ticket)["first_response"]["state"] == "breached"
    answer(agent, ticket)
    assert targets(agent, ticket)["first_response"]["state"] == "met_late"
    assert len(seen(agent, path, "ticket.sla_breached")) == 1


def test_rt09_an_answer_that_is_too_late_tells_the_breach_before_it(agent, admin, timeline):
    policy(admin, targets={"first_response": {"normal": 60}})
    ticket = opened(agent)
    timeline.go(minutes=61)
    answer(agent, ticket)
    events = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
    types = [one["type"] for one in events]
    assert events[types.index("ticket.sla_breached")]["actor"]["kind"] == "system", "it is not the agent's act"
    assert types.index("ticket.sla_breached") < types.index("message.sent")
    assert targets(agent, ticket)["first_response"]["state"] == "met_late"


def test_rt09_a_clock_that_was_stopped_tells_of_the_breach_alone(agent, admin, timeline):
    policy(admin, targets={"first_response": {"normal": 60}})
    ticket = opened(agent)
    timeline.go(days=2)
    tick()
    path = f"/v1/tickets/{ticket['id']}"
    assert [one["type"] for one in seen(agent, path, "ticket.sla_warned", "ticket.sla_breached")] == [
        "ticket.sla_breached"
    ]


def test_ad09_another_priority_brings_other_terms_with_history(agent, admin, timeline):
    policy(admin)
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"priority": "high"})
    high = targets(agent, ticket)["first_response"]
    assert high["due_at"] == after(ticket["created_at"], minutes=30)
    (changed,) = seen(agent, path, "ticket.priority_changed")
    before, now = (changed["changes"]["sla"][side]["targets"]["first_response"] for side in ("from", "to"))
    assert (before["minutes"], now["minutes"]) == (60, 30)
    timeline.go(minutes=40)
    tick()
    assert targets(agent, ticket)["first_response"]["state"] == "breached"
    agent.patch(path, {"priority": "normal"})
    assert targets(agent, ticket)["first_response"]["state"] == "running", "under these terms it is in time"
    agent.patch(path, {"priority": "low"})
    assert agent.get(path).body["sla"] is None, "nothing is promised to this priority"


def test_ad09_the_first_policy_that_fits_counts_and_a_topics_own_goes_before(agent, admin):
    made = [policy(admin, name=name, filter=filter_) for name, filter_ in (("VIP", "tag:vip"), ("All", ""))]
    assert opened(agent, tags=["vip"])["sla"]["policy"] == "VIP"
    assert opened(agent)["sla"]["policy"] == "All"
    topic = admin.post("/v1/topics", {"label": "Fleet", "sla_policy_id": made[1]["id"]}).body
    assert opened(agent, tags=["vip"], topic_id=topic["id"])["sla"]["policy"] == "All"
    order = [made[1]["id"], made[0]["id"]]
    assert admin.put("/v1/sla-policies/order", {"ids": order}).status == 200
    assert opened(agent, tags=["vip"])["sla"]["policy"] == "All"


def test_ad09_a_policy_reaches_open_tickets_and_begins_then(agent, admin, timeline):
    ticket, done, answered = opened(agent), opened(agent), opened(agent)
    answer(agent, answered)
    agent.put(f"/v1/tickets/{done['id']}/resolution")
    timeline.go(days=6)
    made = policy(admin)
    tick("repair")
    path = f"/v1/tickets/{ticket['id']}"
    shown = agent.get(path).body
    assert shown["due_at"] == after(made["created_at"], minutes=60), "no promise is broken before it was made"
    assert agent.get(f"/v1/tickets/{done['id']}").body["sla"] is None
    assert set(targets(agent, answered)) == {"resolution"}, "what was answered before was not promised"
    assert len(seen(agent, path, "ticket.sla_applied")) == 1
    tick("repair")
    assert len(seen(agent, path, "ticket.sla_applied")) == 1
    admin.patch(f"/v1/sla-policies/{made['id']}", {"targets": {"first_response": {"normal": 5}}})
    tick("repair")
    assert agent.get(path).body["due_at"] == after(made["created_at"], minutes=5)
    assert admin.delete(f"/v1/sla-policies/{made['id']}").status == 204
    tick("repair")
    assert agent.get(path).body["sla"] is None


def test_tm21_undo_trash_and_the_past_agree_with_the_clock(agent, admin, timeline):
    policy(admin, targets={"resolution": {"normal": 480}})
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}"
    start = clock.stamp()
    timeline.go(minutes=60)
    changed = agent.patch(path, {"status_id": "waiting"}).body
    assert agent.get(f"{path}?as_of={start}").body["sla"]["targets"][0]["state"] == "running"
    timeline.go(minutes=60)
    undone = agent.post(f"{path}/undo", {"version": changed["version"]})
    assert undone.status == 200, undone.body
    assert targets(agent, ticket)["resolution"]["due_at"] == after(ticket["created_at"], minutes=540)
    assert admin.put(f"{path}/trash").status == 200
    timeline.go(days=2)
    tick()
    assert admin.delete(f"{path}/trash").status == 200
    assert targets(agent, ticket)["resolution"]["due_at"] == after(ticket["created_at"], days=2, minutes=540)
    assert seen(agent, path, "ticket.sla_breached") == []


def test_ad09_sleep_does_not_stop_the_customers_clock(agent, admin, timeline):
    policy(admin, targets={"first_response": {"normal": 60}})
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}"
    agent.put(f"{path}/snooze", {"until": after(clock.stamp(), days=3)})
    timeline.go(minutes=61)
    tick()
    assert len(seen(agent, path, "ticket.sla_breached")) == 1
    assert agent.get(path).body["snooze"]
    refused = agent.delete(f"{path}/timers/wake")
    assert refused.status == 200


def test_a_promise_is_not_cancelled(agent, admin):
    policy(admin)
    refused = agent.delete(f"/v1/tickets/{opened(agent)['id']}/timers/breach:resolution")
    assert (refused.status, refused.body["code"]) == (409, "not_cancellable")


def test_tm21_tickets_are_found_by_what_is_due(cloud, agent, admin, timeline):
    policy(admin, filter="tag:gold")
    late, none = opened(agent, tags=["gold"]), opened(agent)
    cloud.pump()
    timeline.go(days=1)
    found = agent.get("/v1/tickets?filter=due:<now&sort=due_at")
    assert found.status == 200, found.body
    assert [one["id"] for one in found.body["data"]] == [late["id"]] != [none["id"]]


@pytest.mark.parametrize(
    ("values", "pointers"),
    [
        ({"targets": {}}, ["/targets"]),
        ({"targets": {"resolution": {"nope": 5}}}, ["/targets/resolution/nope"]),
        ({"calendar_id": "01KAGH8V6N3X9Y2Z7W5T4R1QPM", "filter": "status:open"}, ["/filter", "/calendar_id"]),
        ({"targets": {"resolution": {"normal": 0}}}, ["/targets/resolution/normal"]),
    ],
)
def test_ad09_a_policy_that_is_not_right_names_each_fault(admin, values, pointers):
    answer = admin.post("/v1/sla-policies", {"name": "Gold", "targets": HOURS} | values)
    assert answer.status == 422
    assert [fault["pointer"] for fault in answer.body["errors"]] == pointers


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "/zone", "unknown"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "/hours/mon", "overlaps"),
        ({"hours": {"mon": [["22:00", "06:00"]], "tue": [["05:00", "12:00"]]}}, "/hours/tue", "overlaps"),
        ({"hours": {"mon": [["09:00", "09:00"]]}}, "/hours/mon/0", "empty"),
        ({"hours": {"mon": [["9", "10:00"]]}}, "/hours/mon/0", "not_a_time"),
        ({"hours": {}}, "/hours", "never_opens"),
        ({"exceptions": [{"date": "2027-02-29", "hours": []}]}, "/exceptions/0/date", "not_a_date"),
        ({"exceptions": [{"date": "2027-03-01"}, {"date": "2027-03-01"}]}, "/exceptions/1/date", "twice"),
        ({"holidays": {"country": "DE", "part": "XX"}}, "/holidays", "unknown"),
    ],
)
def test_ad04_a_calendar_that_is_not_right_names_the_fault(admin, values, pointer, code):
    answer = admin.post("/v1/calendars", {"name": "x", "zone": BERLIN, "hours": OFFICE} | values)
    assert answer.status == 422
    assert [(fault["pointer"], fault["code"]) for fault in answer.body["errors"]] == [(pointer, code)]


def test_ad04_holidays_come_by_country_and_part_and_a_calendar_in_use_stays(admin):
    places = {one["country"]: one["parts"] for one in admin.get("/v1/holiday-places").body["data"]}
    assert "BY" in places["DE"]
    made = calendar(admin, holidays={"country": "DE", "part": "BY"})
    year = clock.now().year + 1
    assert f"{year}-01-06" in made["holiday_names"] and f"{year}-12-25" in made["holiday_names"]
    changed = admin.patch(f"/v1/calendars/{made['id']}", {"holidays": None}).body
    assert changed["holiday_names"] == {}
    policy(admin, calendar_id=made["id"])
    refused = admin.delete(f"/v1/calendars/{made['id']}")
    assert (refused.status, refused.body["code"], refused.body["by"]) == (409, "in_use", ["Gold"])


def test_ad09_a_changed_calendar_moves_what_is_promised(admin, agent, timeline):
    friday = timeline.next(4, "21:00", BERLIN)
    made = calendar(admin)
    policy(admin, calendar_id=made["id"], targets={"first_response": {"normal": 60}})
    ticket = opened(agent)
    monday = (friday + timedelta(days=3)).astimezone(ZoneInfo(BERLIN)).replace(hour=10, minute=0)
    assert ticket["due_at"] == clock.iso(monday)
    closed = [{"date": f"{monday:%Y-%m-%d}", "name": "Moving"}]
    assert admin.patch(f"/v1/calendars/{made['id']}", {"exceptions": closed}).status == 200
    tick("repair")
    moved = agent.get(f"/v1/tickets/{ticket['id']}").body["due_at"]
    assert moved == clock.iso((monday + timedelta(days=1)).replace(hour=10))


def test_tm21_the_customer_sees_no_promise(agent, admin, customer):
    policy(admin)
    ticket = opened(agent)
    shown = customer.get(f"/v1/portal/tickets/{ticket['id']}").body
    assert "Gold" not in json.dumps(shown) and "sla" not in shown
