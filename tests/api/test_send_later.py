"""EI-16: a reply leaves when it was told to, can be taken back or sent at once until then, and waits for a customer
who has written first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from helpdesk.core import clock
from tests.api.test_files import upload
from tests.api.test_sla import ask
from tests.api.test_timers import seen, tick
from tests.callers import NEW_TICKET
from tests.faults import deaths


def planned(agent, ticket, timeline, **values: Any) -> dict[str, Any]:
    at = clock.iso(timeline.at + timedelta(hours=16))
    body = {"kind": "reply", "body_text": "Good morning", "send_at": at} | values
    sent = agent.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert sent.status == 201, sent.body
    return sent.body


def sending(ticket, message) -> str:
    return f"/v1/tickets/{ticket['id']}/messages/{message['id']}/sending"


def mails(cloud) -> int:
    cloud.pump()
    return sum(b"Good morning" in raw for _, raw in cloud.sent())


def test_ei16_a_reply_leaves_when_it_was_told_to_and_once(cloud, agent, customer, ticket, timeline):
    message = planned(agent, ticket, timeline, status_id="waiting")
    delivery = message["delivery"]
    assert (delivery["status"], delivery["later"], delivery["waits"]) == ("held", True, None)
    path = f"/v1/tickets/{ticket['id']}"
    (timer,) = agent.get(f"{path}/timers").body["data"]
    assert (timer["id"], timer["at"]) == (f"send:{message['id']}", delivery["until"])
    timeline.go(hours=15, minutes=59, seconds=59)
    tick()
    assert mails(cloud) == 0
    assert "Good morning" not in str(customer.get(f"/v1/portal/tickets/{ticket['id']}").body)
    assert agent.get(path).body["status"]["category"] != "waiting", "the status goes with the reply"
    timeline.go(seconds=1)
    for death in deaths():
        with death:
            tick()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: tick(), range(3)))
    assert mails(cloud) == 1
    after = agent.get(path).body
    assert (after["status"]["category"], after["last_message"]["at"]) == ("waiting", after["first_response_at"])
    assert len(seen(agent, path, "message.sent")) == 1
    assert agent.get(f"{path}/timers").body["data"] == []


def test_ei16_it_waits_for_a_decision_if_the_customer_writes_first(cloud, agent, customer, ticket, timeline):
    message = planned(agent, ticket, timeline)
    timeline.go(hours=15, minutes=59, seconds=59)
    ask(customer, ticket)
    timeline.go(days=2)
    tick()
    assert mails(cloud) == 0
    path = f"/v1/tickets/{ticket['id']}"
    shown = next(one for one in agent.get(f"{path}/messages").body["data"] if one["id"] == message["id"])
    assert (shown["delivery"]["status"], shown["delivery"]["waits"]) == ("held", "customer")
    assert [one["data"] for one in seen(agent, path, "message.postponed")] == [{"because": "customer"}]
    gone = agent.put(sending(ticket, message))
    assert (gone.status, gone.body["delivery"]["status"]) == (200, "queued")
    assert mails(cloud) == 1
    assert agent.put(sending(ticket, message)).body["code"] == "not_held"


def test_ei16_it_is_taken_back_until_it_leaves(cloud, agent, ticket, timeline):
    message = planned(agent, ticket, timeline)
    taken = agent.delete(sending(ticket, message))
    assert (taken.status, taken.body["delivery"]["status"]) == (200, "cancelled")
    timeline.go(days=2)
    tick()
    assert mails(cloud) == 0
    assert agent.get(f"/v1/tickets/{ticket['id']}/timers").body["data"] == []
    again = planned(agent, ticket, timeline)
    assert agent.delete(f"/v1/tickets/{ticket['id']}/timers/send:{again['id']}").body["code"] == "not_cancellable"
    timeline.go(days=1)
    tick()
    assert agent.delete(sending(ticket, again)).body["code"] == "not_held"
    assert mails(cloud) == 1


def test_ei16_what_goes_to_the_trash_does_not_leave_on_its_own_again(cloud, admin, ticket, timeline):
    message = planned(admin, ticket, timeline)
    path = f"/v1/tickets/{ticket['id']}"
    assert admin.put(f"{path}/trash").status == 200
    timeline.go(days=1)
    assert admin.delete(f"{path}/trash").status == 200
    tick()
    shown = next(one for one in admin.get(f"{path}/messages").body["data"] if one["id"] == message["id"])
    assert (mails(cloud), shown["delivery"]["waits"]) == (0, "trash")


def test_ei16_what_waits_is_told_however_much_is_written_since(agent, ticket, timeline):
    later = planned(agent, ticket, timeline, send_at=clock.iso(timeline.at + timedelta(days=3)))
    message = planned(agent, ticket, timeline)
    path = f"/v1/tickets/{ticket['id']}"
    for number in range(3):
        timeline.go(seconds=1)
        assert agent.post(f"{path}/messages", {"kind": "note", "body_text": f"note {number}"}).status == 201
    read = agent.get(f"{path}?include=messages,planned&limit=2").body
    assert message["id"] not in [one["id"] for one in read["messages"]]
    assert [one["id"] for one in read["planned"]] == [message["id"], later["id"]]
    for _ in range(18):
        planned(agent, ticket, timeline)
    full = agent.post(f"{path}/messages", {"kind": "reply", "body_text": "x", "send_at": later["delivery"]["until"]})
    assert (full.status, full.body["code"]) == (409, "too_many")


@pytest.mark.parametrize("held", [{"undo_seconds": 10}, {"send_at": "2026-12-01T09:00:00Z"}])
def test_ei16_files_of_a_reply_that_was_taken_back_go_with_the_next(cloud, agent, admin, ticket, held, monkeypatch):
    file = upload(agent, b"a plan")
    path, other = f"/v1/tickets/{ticket['id']}", agent.post("/v1/tickets", NEW_TICKET).body
    body = {"kind": "reply", "body_text": "The plan", "attachments": [file]}
    message = agent.post(f"{path}/messages", body | held).body
    assert agent.delete(sending(ticket, message)).body["attachments"][0]["id"] == file
    assert admin.get(f"/v1/attachments/{file}").status == 404, "whose upload it was"
    assert agent.post(f"/v1/tickets/{other['id']}/messages", body).status == 201
    assert agent.post(f"{path}/messages", body).status == 422, "it is used now"
    monkeypatch.setattr("helpdesk.privacy.purge.SETTLED", timedelta(seconds=-60))
    assert (admin.put(f"{path}/trash").status, admin.delete(path).status) == (200, 204)
    cloud.pump(30)
    assert admin.get(f"/v1/attachments/{file}").status == 302, "it belongs to the other ticket"


def test_ei16_who_takes_a_colleagues_reply_back_has_its_files(agent, admin, ticket):
    file = upload(agent, b"a plan")
    body = {"kind": "reply", "body_text": "The plan", "attachments": [file]}
    message = agent.post(f"/v1/tickets/{ticket['id']}/messages", body | {"undo_seconds": 10}).body
    assert admin.delete(sending(ticket, message)).status == 200
    assert admin.post(f"/v1/tickets/{ticket['id']}/messages", body).status == 201


def test_ei16_a_ticket_with_a_planned_reply_is_not_merged_away(agent, ticket, timeline):
    other = agent.post("/v1/tickets", NEW_TICKET).body
    message = planned(agent, ticket, timeline)
    refused = agent.put(f"/v1/tickets/{ticket['id']}/merge", {"into": other["id"]})
    assert (refused.status, refused.body["code"]) == (409, "planned_reply")
    assert agent.delete(sending(ticket, message)).status == 200
    assert agent.put(f"/v1/tickets/{ticket['id']}/merge", {"into": other["id"]}).status == 200


@pytest.mark.parametrize(("at", "code"), [("soon", "not_a_time"), ("2020-01-01T00:00:00Z", "out_of_range")])
def test_ei16_a_time_that_is_none_is_told_at_its_field(agent, ticket, at, code):
    body = {"kind": "reply", "body_text": "x", "send_at": at}
    refused = agent.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert refused.status == 422
    assert [(one["pointer"], one["code"]) for one in refused.body["errors"]] == [("/send_at", code)]


def test_ei16_the_status_that_goes_with_it_is_changed_until_it_leaves(cloud, agent, admin, ticket, timeline):
    message = planned(agent, ticket, timeline, status_id="waiting")
    path, sends = f"/v1/tickets/{ticket['id']}", sending(ticket, message)
    changed = agent.patch(sends, {"status_id": "solved"})
    assert (changed.status, changed.body["delivery"]["status_id"]) == (200, "solved")
    assert agent.patch(sends, {"status_id": "solved"}).status == 200, "again changes nothing"
    (told,) = [one["data"] for one in seen(agent, path, "message.plan_changed")]
    assert told == {"message_id": message["id"], "status_id": "solved"}
    refused = agent.patch(sends, {"status_id": "nowhere"})
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/status_id")
    assert agent.patch(sends, {"status_id": None}).body["delivery"]["status_id"] is None
    assert agent.patch(sends, {"status_id": "solved"}).body["delivery"]["status"] == "held"
    timeline.go(hours=16)
    tick()
    assert mails(cloud) == 1 and agent.get(path).body["status"]["category"] == "solved"
    assert agent.patch(sends, {"status_id": None}).body["code"] == "not_held"
    soon = agent.post(f"{path}/messages", {"kind": "reply", "body_text": "Soon", "undo_seconds": 60}).body
    assert agent.patch(sending(ticket, soon), {"status_id": "open"}).body["code"] == "not_held"


def test_ei16_a_status_is_chosen_or_the_reply_leaves_never_half_of_both(cloud, agent, ticket, timeline):
    message = planned(agent, ticket, timeline)
    timeline.go(hours=16)
    with ThreadPoolExecutor(2) as pool:
        left = pool.submit(tick)
        chosen = pool.submit(agent.patch, sending(ticket, message), {"status_id": "solved"})
    left.result()
    tick()
    category = agent.get(f"/v1/tickets/{ticket['id']}").body["status"]["category"]
    assert mails(cloud) == 1
    assert (category == "solved") == (chosen.result().status == 200), chosen.result().body
