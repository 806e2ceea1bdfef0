"""TM-15: who takes part and as what; the requester changes by a colleague's wish only; a removal sticks."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from tests.callers import contact, staff
from tests.inbound import a_mail, receive


@pytest.fixture
def mailed(cloud, agent):
    row = receive(a_mail(Message_ID="<one@customer.test>", Cc="mary@customer.test", Precedence="bulk"))
    return f"/v1/tickets/{row['ticket_id']}"


def _roles(agent, path):
    return {(one["role"], one["email"]) for one in agent.get(f"{path}/participants").body["data"]}


def test_tm15_everybody_has_his_role(cloud, agent, mailed):
    other = staff("agent", "olga@acme.test")
    agent.post(f"{mailed}/messages", {"kind": "reply", "body_text": "Try 4.8."})
    agent.patch(mailed, {"assignee_id": other.me["id"]})
    added = agent.post(f"{mailed}/participants", {"role": "follower"})
    assert added.status == 201, added.body
    assert _roles(agent, mailed) == {
        ("requester", "carla@customer.test"),
        ("cc", "mary@customer.test"),
        ("follower", "sam@acme.test"),
        ("agent", "olga@acme.test"),
        ("agent", "sam@acme.test"),
    }
    assert agent.get(mailed).body["followers"] == [agent.me["id"]]
    assert agent.delete(f"{mailed}/participants/follower:me").status == 200
    assert ("follower", "sam@acme.test") not in _roles(agent, mailed)


def test_tm15_a_removal_sticks_across_later_mails_until_an_agent_adds_again(agent, mailed):
    assert agent.delete(f"{mailed}/participants/cc:Mary@customer.test").status == 200
    back = {"References": "<one@customer.test>", "Cc": "mary@customer.test, joe@customer.test"}
    receive(a_mail("Re: x", "More.", **back))
    assert agent.get(mailed).body["cc"] == ["joe@customer.test"]
    receive(a_mail("Re: x", "It is me, Mary.", From="mary@customer.test", In_Reply_To="<one@customer.test>"))
    assert agent.get(mailed).body["cc"] == ["joe@customer.test"]
    assert agent.post(f"{mailed}/participants", {"role": "cc", "email": "mary@customer.test"}).status == 201
    assert agent.get(mailed).body["cc"] == ["joe@customer.test", "mary@customer.test"]


def test_tm15_leaving_somebody_out_of_a_replys_copies_sticks_too(agent, mailed):
    agent.post(f"{mailed}/messages", {"kind": "reply", "body_text": "x", "cc": ["joe@customer.test"]})
    receive(a_mail("Re: x", "More.", References="<one@customer.test>", Cc="mary@customer.test"))
    assert agent.get(mailed).body["cc"] == ["joe@customer.test"]


def test_tm15_a_third_party_by_the_signed_address_takes_part_with_a_badge_and_changes_no_requester(
    cloud, agent, mailed
):
    """Part 3 of the research, items 11 and 22."""
    agent.post(f"{mailed}/messages", {"kind": "reply", "body_text": "x"})
    cloud.pump()
    address = message_from_bytes(cloud.sent()[-1][1], policy=default)["Reply-To"].addresses[0].addr_spec
    receive(a_mail("Re: x", "I am her boss.", From="boss@customer.test"), to=[address])
    shown = agent.get(f"{mailed}?include=messages").body
    assert shown["requester"]["email"] == "carla@customer.test"
    assert "boss@customer.test" in shown["cc"]
    assert [message["third_party"] for message in shown["messages"]] == [False, False, True]


def test_tm15_mail_with_many_copies_joins_a_bounded_number(agent, mailed):
    """EM-43."""
    many = ", ".join(f"p{index}@customer.test" for index in range(300))
    for _ in range(5):
        receive(a_mail("Re: x", "More.", References="<one@customer.test>", Cc=many))
    assert len(agent.get(mailed).body["cc"]) <= 50
    assert agent.get("/v1/people?email=p7@customer.test").body["data"] == []


def test_tm15_the_requester_is_changed_explicitly_and_with_him_the_company_and_the_sight(agent, mailed):
    company = agent.post("/v1/companies", {"name": "Other Ltd", "domains": ["other.test"]}).body
    old, version = contact("carla@customer.test"), agent.get(mailed).body["version"]
    portal = mailed.replace("/v1/", "/v1/portal/")
    assert old.get(portal).status == 200
    changed = agent.patch(mailed, {"requester": {"email": "new@other.test", "name": "Newton"}})
    assert changed.status == 200, changed.body
    assert (changed.body["requester"]["name"], changed.body["company_id"]) == ("Newton", company["id"])
    assert old.get(portal).status == 404
    assert contact("new@other.test").get(portal).status == 200
    stale = agent.patch(mailed, {"requester": {"email": "x@other.test"}}, If_Match=f'"{version}"')
    assert (stale.status, stale.body["differing"]) == (412, ["company_id", "requester"])
    assert agent.get(f"{mailed}?include=events").body["events"][-1]["type"] == "ticket.requester_changed"


def test_tm15_odd_wishes_are_told_what_is_wrong(agent, mailed):
    path = f"{mailed}/participants"
    me = contact("carla@customer.test").me["id"]
    refused = [
        agent.post(path, {"role": "cc"}),
        agent.post(path, {"role": "cc", "email": "no address"}),
        agent.post(path, {"role": "follower", "person_id": me}),
        agent.post(path, {"role": "requester", "email": "x@y.test"}),
        agent.delete(f"{path}/requester:carla@customer.test"),
        agent.delete(f"{path}/agent:{agent.me['id']}"),
        agent.delete(f"{path}/nonsense"),
    ]
    assert [reply.status for reply in refused] == [422, 422, 422, 422, 409, 409, 404]
    viewer = staff("viewer", "vera@acme.test")
    assert viewer.post(path, {"role": "follower"}).status == 403
