"""NO-01, EM-35: a reply that did not reach somebody goes out again to him alone, once he can be reached."""

from __future__ import annotations

from email import message_from_bytes, policy

from tests.api.mail.test_deliveries import CARLA, MARY, _last, _reply, _states, bounce, tell, ticket_id
from tests.faults import deaths

__all__ = ["ticket_id"]


def again(agent, ticket_id, message_id):
    return agent.post(f"/v1/tickets/{ticket_id}/messages/{message_id}/sending")


def bounced(cloud, agent, ticket_id) -> str:
    message_id = _reply(agent, ticket_id)["id"]
    cloud.pump()
    tell(cloud, "Delivery", delivery={"recipients": [MARY]})
    tell(cloud, "Bounce", **bounce(CARLA))
    assert _states(agent, ticket_id) == ("bounced", {CARLA: "bounced", MARY: "delivered"})
    return message_id


def test_no01_who_is_suppressed_still_is_told_so_and_after_a_release_he_gets_it(cloud, admin, agent, ticket_id):
    message_id = bounced(cloud, agent, ticket_id)
    before = len(cloud.sent())
    answer = again(agent, ticket_id, message_id)
    assert (answer.status, answer.body["delivery"]["status"]) == (200, "queued")
    cloud.pump()
    assert _states(agent, ticket_id) == ("suppressed", {CARLA: "suppressed", MARY: "delivered"})
    assert len(cloud.sent()) == before
    (held,) = admin.get("/v1/suppressions").body["data"]
    assert admin.delete(f"/v1/suppressions/{held['id']}").status < 300
    assert again(agent, ticket_id, message_id).status == 200
    cloud.pump()
    assert _states(agent, ticket_id)[1] == {CARLA: "sent", MARY: "delivered"}
    (raw,) = [raw for _, raw in cloud.sent()[before:]]
    mail = message_from_bytes(raw, policy=policy.default)
    assert [one.addr_spec for one in mail["To"].addresses] == [CARLA] and mail["Cc"] is None
    tell(cloud, "Delivery", delivery={"recipients": [CARLA]})
    assert _states(agent, ticket_id) == ("delivered", {CARLA: "delivered", MARY: "delivered"})


def test_no01_a_corrected_address_gets_it(cloud, agent, ticket_id):
    message_id = bounced(cloud, agent, ticket_id)
    right = "carla@right.test"
    assert agent.patch(f"/v1/tickets/{ticket_id}", {"requester": {"email": right}}).status == 200
    assert again(agent, ticket_id, message_id).status == 200
    cloud.pump()
    assert _states(agent, ticket_id)[1] == {right: "sent", MARY: "delivered"}


def test_no01_what_reached_everybody_or_is_no_reply_is_not_sent_again(cloud, agent, ticket_id):
    message_id = _reply(agent, ticket_id)["id"]
    on_its_way = again(agent, ticket_id, message_id)
    cloud.pump()
    there = again(agent, ticket_id, message_id)
    assert {(one.status, one.body["code"]) for one in (on_its_way, there)} == {(409, "not_failed")}
    first = agent.get(f"/v1/tickets/{ticket_id}/messages").body["data"][0]
    assert again(agent, ticket_id, first["id"]).status == 404


def test_em76_sent_again_once_whatever_is_killed(cloud, admin, agent, ticket_id):
    message_id = bounced(cloud, agent, ticket_id)
    (held,) = admin.get("/v1/suppressions").body["data"]
    admin.delete(f"/v1/suppressions/{held['id']}")
    for death in deaths():
        with death:
            again(agent, ticket_id, message_id)
    before = len(cloud.sent())
    events = agent.get(f"/v1/tickets/{ticket_id}?include=events").body["events"]
    assert len([one for one in events if one["type"] == "message.resent"]) == 1
    cloud.pump()
    assert len(cloud.sent()) == before + 1
    assert _last(agent, ticket_id)["id"] == message_id
