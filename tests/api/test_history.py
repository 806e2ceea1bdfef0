"""Rows TM-02, TM-19, TM-22, EI-17 and part 2 items 2, 3 and 4 of the research, through the door."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core import clock
from tests.callers import NEW_TICKET, contact
from tests.faults import deaths
from tests.inbound import a_mail, receive

VOLATILE = {"version", "updated_at"}


def _facts(body):
    return {name: value for name, value in body.items() if name not in VOLATILE}


@pytest.fixture(autouse=True)
def site(admin):
    """A custom field for tickets to have."""
    assert admin.post("/v1/fields", {"id": "site", "label": "Site", "type": "text"}).status == 201


@pytest.fixture
def ticks(monkeypatch):
    """Each look at the clock is a second later than the one before."""
    begun, looks = clock.now(), iter(range(10**6))
    monkeypatch.setattr("helpdesk.core.clock.now", lambda: begun + timedelta(seconds=next(looks)))


def _views(caller):
    return {view["id"]: view["count"] for view in caller.get("/v1/views").body["data"]}


def test_tm19_the_trash_hides_a_ticket_everywhere_and_gives_it_back_as_it_was(cloud, admin, agent, customer, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"tags": {"add": ["vip"]}, "assignee_id": agent.me["id"], "fields": {"site": "B"}})
    cloud.pump_events()
    before, messages = agent.get(path).body, agent.get(f"{path}/messages").body["data"]
    tags, counts = agent.get("/v1/tags").body["data"], _views(admin)
    assert agent.put(f"{path}/trash").status == 403
    trashed = admin.put(f"{path}/trash")
    assert trashed.status == 200 and trashed.body["trashed_at"]
    cloud.pump_events()
    for target in (path, f"/v1/tickets/{ticket['number']}", f"{path}/messages"):
        assert agent.get(target).status == 404, target
    assert agent.patch(path, {"priority": "high"}).status == 404
    for query in ("view=mine", "view=open", "category=new", "category=done", f"requester_id={customer.me['id']}"):
        assert agent.get(f"/v1/tickets?{query}").body["data"] == [], query
    assert agent.get("/v1/tickets?view=trash").status == 403
    assert customer.get("/v1/portal/tickets").body["data"] == []
    assert customer.get(f"/v1/portal/tickets/{ticket['id']}").status == 404
    assert _views(agent)["open"] == _views(agent)["mine"] == 0 and "trash" not in _views(agent)
    assert _views(admin)["trash"] == 1
    assert [one for one in agent.get("/v1/tags").body["data"] if one.get("count")] == []
    assert [one["id"] for one in admin.get("/v1/tickets?view=trash").body["data"]] == [ticket["id"]]
    assert admin.get(path).status == 200
    assert admin.patch(path, {"priority": "high"}).body["code"] == "trashed"
    assert admin.delete(f"{path}/trash").status == 200
    cloud.pump_events()
    assert _facts(agent.get(path).body) == _facts(before)
    assert agent.get(f"{path}/messages").body["data"] == messages
    assert agent.get("/v1/tags").body["data"] == tags and _views(admin) == counts
    assert [one["id"] for one in agent.get("/v1/tickets?view=mine").body["data"]] == [ticket["id"]]


def test_tm19_mail_to_a_trashed_ticket_opens_another_linked_to_it(cloud, admin, agent):
    first = receive(a_mail(Message_ID="<root@customer.test>"))
    admin.put(f"/v1/tickets/{first['ticket_id']}/trash")
    second = receive(a_mail("Re: x", "More.", References="<root@customer.test>"))
    assert second["ticket_id"] != first["ticket_id"] and "in the trash" in second["reason"]
    assert agent.get(f"/v1/tickets/{second['ticket_id']}").body["linked_to"] == first["ticket_id"]
    assert admin.get(f"/v1/tickets/{first['ticket_id']}").body["trashed_at"]


def test_ei17_a_command_is_undone_and_done_again(cloud, agent, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    before = agent.get(path).body
    agent.patch(path, {"tags": {"add": ["x"]}, "priority": "high", "fields": {"site": "B"}, "status_id": "closed"})
    after = agent.get(f"{path}?include=events").body
    command = after["events"][-1]["correlation_id"]
    undone = agent.post(f"{path}/undo", {"correlation_id": command})
    assert undone.status == 200 and _facts(undone.body) == _facts(before)
    events = agent.get(f"{path}?include=events").body["events"]
    inverse = [event for event in events if event["version"] > after["version"]]
    assert len({event["correlation_id"] for event in inverse}) == 1
    assert {event["causation_id"] for event in inverse} <= {event["id"] for event in after["events"]}
    redone = agent.post(f"{path}/undo", {"event_id": inverse[0]["id"]})
    assert _facts(redone.body) == _facts({k: v for k, v in after.items() if k != "events"})


def test_ei17_a_command_is_named_by_its_answer(cloud, agent, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    first, second = agent.patch(path, {"priority": "high"}), agent.patch(path, {"subject": "Other"})
    undone = agent.post(f"{path}/undo", {"correlation_id": first.headers["Correlation-Id"]}).body
    assert (undone["priority"], undone["subject"]) == ("normal", "Other")
    undone = agent.post(f"{path}/undo", {"version": second.body["version"]}).body
    assert undone["subject"] == ticket["subject"]
    assert agent.post(f"{path}/undo", {"version": 1, "event_id": ticket["id"]}).status == 422


def test_ei17_an_undo_is_refused_for_what_others_have_changed(cloud, agent, admin, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"priority": "high", "tags": {"add": ["x"]}})
    command = agent.get(f"{path}?include=events").body["events"][-1]["correlation_id"]
    admin.patch(path, {"priority": "low"})
    refused = agent.post(f"{path}/undo", {"correlation_id": command})
    assert (refused.status, refused.body["code"]) == (409, "changed_since")
    assert refused.body["fields"] == {"priority": {"was": "normal", "left": "high", "now": "low"}}
    assert agent.get(path).body["tags"] == ["x"], "nothing has been undone"
    forced = agent.post(f"{path}/undo", {"correlation_id": command, "force": ["priority"]}).body
    assert (forced["priority"], forced["tags"]) == ("normal", [])
    assert agent.post(f"{path}/undo", {"correlation_id": "none"}).status == 404
    begun = agent.get(f"{path}?include=events").body["events"][0]["id"]
    assert agent.post(f"{path}/undo", {"event_id": begun}).body["code"] == "not_undoable"
    assert agent.post(f"{path}/undo", {}).status == 422


def test_ei17_trash_is_undone_like_anything_else(cloud, agent, admin, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    admin.put(f"{path}/trash")
    command = admin.get(f"{path}?include=events").body["events"][-1]["correlation_id"]
    assert agent.post(f"{path}/undo", {"correlation_id": command}).status == 404
    assert admin.post(f"{path}/undo", {"correlation_id": command}).body["trashed_at"] is None
    assert agent.get(path).status == 200


def test_part2_2_as_of_is_what_was_recorded_live(cloud, agent, customer, ticket, ticks):
    path = f"/v1/tickets/{ticket['id']}"
    recorded = []

    def note():
        recorded.append((clock.stamp(), agent.get(f"{path}?include=messages").body))

    note()
    for command in (
        lambda: agent.patch(path, {"tags": {"add": ["x"]}, "priority": "high"}),
        lambda: agent.post(f"{path}/messages", {"kind": "reply", "body_text": "An answer. " * 3000}),
        lambda: customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "Thanks."}),
        lambda: agent.put(f"{path}/resolution"),
        lambda: agent.patch(path, {"subject": "Other", "fields": {"site": "B"}}),
    ):
        assert command().status < 300
        note()
    for at, body in recorded:
        assert agent.get(f"{path}?include=messages&as_of={at}").body == body | {"as_of": at, "messages_cursor": None}
    assert agent.get(f"{path}?as_of=2001-01-01T00:00:00Z").status == 404
    assert agent.get(f"{path}?as_of=yesterday").status == 400
    assert contact("other@customer.test").get(f"/v1/portal/tickets/{ticket['id']}").status == 404


def test_part2_4_a_ticket_returns_to_a_second_after_a_preview(cloud, agent, ticket, ticks):
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"tags": {"add": ["x"]}, "priority": "high"})
    then, at = agent.get(path).body, clock.stamp()
    agent.patch(path, {"tags": {"add": ["y"], "remove": ["x"]}, "assignee_id": agent.me["id"]})
    agent.put(f"{path}/resolution")
    now = agent.get(path).body
    preview = agent.post(f"{path}/restoration?preview=true", {"as_of": at})
    assert preview.status == 200
    assert preview.body["changes"]["tags"] == {"from": ["y"], "to": ["x"]}
    assert preview.body["changes"]["assignee_id"] == {"from": agent.me["id"], "to": None}
    assert agent.get(path).body == now
    restored = agent.post(f"{path}/restoration", {"as_of": at})
    assert restored.status == 200 and _facts(restored.body) == _facts(then)
    command = agent.get(f"{path}?include=events").body["events"][-1]["correlation_id"]
    assert _facts(agent.post(f"{path}/undo", {"correlation_id": command}).body) == _facts(now)


def test_tm02_times_in_status_add_up_to_the_age(cloud, agent, ticket, ticks):
    path = f"/v1/tickets/{ticket['id']}"
    for status in ("open", "waiting", "open", "solved"):
        agent.patch(path, {"status_id": status})
    times = agent.get(f"{path}?include=times").body["times"]
    assert set(times["by_status"]) == {"new", "open", "waiting", "solved"}
    assert abs(sum(times["by_status"].values()) - times["age"]) <= 1
    assert [(one["from"], one["to"]) for one in times["moves"]][1:3] == [("new", "open"), ("open", "waiting")]
    assert times["moves"][-1]["by"]["id"] == agent.me["id"]


def test_tm22_snooze_is_kept_and_ended_by_hand_by_a_reply_and_when_done(cloud, agent, customer, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    later = clock.iso(clock.now() + timedelta(days=1))
    for body, status in (({}, 422), ({"until": "soon"}, 422), ({"until": "2001-01-01T00:00:00Z"}, 422)):
        assert agent.call("PUT", f"{path}/snooze", body).status == status
    for end, reason in (
        (lambda: agent.delete(f"{path}/snooze"), "agent"),
        (lambda: customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "Hello?"}), "reply"),
        (lambda: agent.put(f"{path}/resolution"), "done"),
    ):
        slept = agent.call("PUT", f"{path}/snooze", {"until": later}).body["snooze"]
        assert (slept["until"], slept["by"]) == (later, agent.me["id"])
        assert end().status < 300
        found = agent.get(f"{path}?include=events").body
        assert found["snooze"] is None
        woken = [event for event in found["events"] if event["type"] == "ticket.woken"][-1]
        assert woken["data"] == {"cause": reason}
    assert agent.call("PUT", f"{path}/snooze", {"on_reply": True}).body["code"] == "done"


def _held(agent, ticket, seconds=30, **more):
    body = {"kind": "reply", "body_text": "An answer.", "undo_seconds": seconds} | more
    reply = agent.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert reply.status == 201 and reply.body["delivery"]["status"] == "held"
    return reply.body


def test_ei17_a_held_reply_is_taken_back_with_all_that_came_with_it(cloud, agent, customer, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    before = agent.get(path).body
    message = _held(agent, ticket, status_id="solved", cc=["friend@customer.test"])
    cloud.pump()
    shown = customer.get(f"/v1/portal/tickets/{ticket['id']}").body
    assert len(shown["messages"]) == 1 and shown["snippet"] == before["snippet"]
    cancelled = agent.delete(f"{path}/messages/{message['id']}/sending")
    assert cancelled.status == 200 and cancelled.body["delivery"] == {"status": "cancelled"}
    assert cancelled.body["body_text"] == "An answer."
    after = agent.get(path).body
    assert (after["status"], after["cc"], after["first_response_at"]) == (before["status"], [], None)
    assert agent.delete(f"{path}/messages/{message['id']}/sending").body["code"] == "not_held"
    assert len(customer.get(f"/v1/portal/tickets/{ticket['id']}").body["messages"]) == 1
    assert cloud.sent() == []


def test_ei17_a_held_reply_goes_out_when_its_time_has_come(cloud, agent, ticket, monkeypatch):
    from helpdesk.tickets import sending

    message = _held(agent, ticket)
    assert 0 < sending.send_due("acme", ticket["id"], message["id"]) <= 30
    later = clock.now() + timedelta(seconds=31)
    monkeypatch.setattr("helpdesk.core.clock.now", lambda: later)
    for _ in range(2):
        assert sending.send_due("acme", ticket["id"], message["id"]) == 0
    cloud.pump()
    assert len(cloud.sent()) == 1
    path = f"/v1/tickets/{ticket['id']}"
    found = agent.get(f"{path}?include=messages").body
    assert found["messages"][-1]["delivery"]["status"] == "sent"
    assert found["status"]["id"] == "open" and found["first_response_at"] and found["message_count"] == 2
    assert agent.delete(f"{path}/messages/{message['id']}/sending").body["code"] == "not_held"


def test_ei17_undo_of_the_command_takes_a_held_reply_back_too(cloud, agent, ticket):
    message = _held(agent, ticket)
    path = f"/v1/tickets/{ticket['id']}"
    command = agent.get(f"{path}?include=events").body["events"][-1]["correlation_id"]
    assert agent.post(f"{path}/undo", {"correlation_id": command}).status == 200
    assert agent.get(f"{path}/messages").body["data"][-1]["delivery"]["status"] == "cancelled"
    assert agent.delete(f"{path}/messages/{message['id']}/sending").status == 409


def test_ei17_cancelled_or_sent_and_never_both_whatever_is_killed(cloud, agent, ticket, monkeypatch):
    from helpdesk.tickets import sending

    real = clock.now
    for death in deaths():
        message = _held(agent, ticket)
        monkeypatch.setattr("helpdesk.core.clock.now", lambda: real() + timedelta(seconds=31))
        with death:
            sending.send_due("acme", ticket["id"], message["id"])
        cancelled = agent.delete(f"/v1/tickets/{ticket['id']}/messages/{message['id']}/sending").status == 200
        sending.send_due("acme", ticket["id"], message["id"])
        monkeypatch.setattr("helpdesk.core.clock.now", real)
        events = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
        own = [event["type"] for event in events if event["data"].get("message_id") == message["id"]]
        assert own == ["message.held", "message.cancelled" if cancelled else "message.sent"], death


def test_ei17_the_queue_brings_a_held_reply_back_in_time(cloud, agent, ticket):
    """SQS itself delays here: the worker is asked until the second is over."""
    import time

    message = _held(agent, ticket, seconds=1)
    deadline = time.monotonic() + 20
    while not cloud.sent() and time.monotonic() < deadline:
        cloud.pump()
    assert len(cloud.sent()) == 1
    assert agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][-1]["id"] == message["id"]


def test_part2_2_a_list_is_what_it_was_and_says_how_far_back_it_goes(cloud, agent, admin, ticks, monkeypatch):
    ids = [agent.post("/v1/tickets", NEW_TICKET | {"subject": f"T{n}"}).body["id"] for n in range(5)]
    queries = (
        "category=active",
        "category=new",
        "view=mine",
        "category=done",
        f"assignee_id={agent.me['id']}",
        "sort=updated_at",
    )
    recorded = []

    def note():
        cloud.pump_events()
        recorded.append((clock.stamp(), {query: agent.get(f"/v1/tickets?{query}").body["data"] for query in queries}))

    note()
    for command in (
        lambda: agent.patch(f"/v1/tickets/{ids[1]}", {"assignee_id": agent.me["id"], "tags": {"add": ["x"]}}),
        lambda: agent.put(f"/v1/tickets/{ids[2]}/resolution"),
        lambda: admin.put(f"/v1/tickets/{ids[3]}/trash"),
        lambda: agent.patch(f"/v1/tickets/{ids[1]}", {"assignee_id": None}),
        lambda: admin.delete(f"/v1/tickets/{ids[3]}/trash"),
        lambda: agent.post("/v1/tickets", NEW_TICKET | {"subject": "late"}),
        lambda: agent.delete(f"/v1/tickets/{ids[2]}/resolution"),
    ):
        assert command().status < 300
        note()
    for at, lists in recorded:
        for query, rows in lists.items():
            assert agent.get(f"/v1/tickets?{query}&as_of={at}").body["data"] == rows, (at, query)
    at, lists = recorded[1]
    walked, cursor = [], ""
    while cursor is not None:
        page = agent.get(f"/v1/tickets?category=active&limit=2&as_of={at}{cursor and f'&cursor={cursor}'}").body
        walked, cursor = walked + page["data"], page["next_cursor"]
    assert walked == lists["category=active"]
    monkeypatch.setattr("helpdesk.views.past.MOST_EVENTS", 3)
    refused = agent.get(f"/v1/tickets?category=active&as_of={recorded[0][0]}")
    assert (refused.status, refused.body["code"]) == (400, "too_far_back") and refused.body["earliest"] > recorded[0][0]


def test_ei17_what_was_never_held_cannot_be_taken_back(agent, ticket):
    path = f"/v1/tickets/{ticket['id']}/messages"
    (words,) = agent.get(path).body["data"]
    refusal = agent.delete(f"{path}/{words['id']}/sending")
    assert (refusal.status, refusal.body["code"]) == (409, "not_held")
