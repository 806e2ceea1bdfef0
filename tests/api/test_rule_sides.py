"""RT-01, RT-02, TM-23: rules begin side conversations: once, never seen by the requester, and never in a loop."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import boto3

from tests.api.test_rule_loops import told, work
from tests.api.test_rule_simulation import simulated
from tests.api.test_rules import counted, decisions, events, opened, read, rule, tags
from tests.cloud import SUPPORT
from tests.faults import deaths
from tests.inbound import a_mail, receive

SECRET = "ZEBRA-7"


def talk(*to: str, **values: Any) -> dict[str, Any]:
    words = {"subject": "Part for {{ticket.number}}", "body_html": f"<p>{SECRET} for {{{{requester.name}}}}?</p>"}
    return {"type": "side_conversation", "to": list(to or ("parts@supplier.test",))} | words | values


def sides(agent, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    return agent.get(f"/v1/tickets/{ticket['id']}/side-conversations").body["data"]


def sent(cloud, to: str = "parts@supplier.test") -> list[Any]:
    mails = [message_from_bytes(raw, policy=policy.default) for _, raw in cloud.sent()]
    return [mail for mail in mails if mail["To"] == to]


def refused(admin, *then: dict[str, Any]) -> dict[str, str]:
    answer = admin.post("/v1/rules", {"name": "x", "on": ["ticket.created"], "then": list(then)})
    assert answer.status == 422, answer.body
    return {one["pointer"]: one["code"] for one in answer.body["errors"]}


def test_rt01_a_rule_writes_to_a_third_party_and_the_requester_never_learns(cloud, agent, customer, admin):
    made = rule(admin, "Orders", [talk("Parts@Supplier.test", "parts@supplier.test")], when="subject:charger")
    assert made["then"][0]["to"] == ["parts@supplier.test"]
    assert 'side conversation with parts@supplier.test about "Part for {{ticket.number}}" "<p>' in made["text"]
    ticket = opened(agent, subject="The charger stops")
    cloud.pump()
    (side,) = sides(agent, ticket)
    assert (side["state"], side["to"]) == ("open", ["parts@supplier.test"])
    assert side["subject"] == f"Part for {ticket['number']}"
    (mail,) = sent(cloud)
    assert mail["Subject"] == side["subject"] and f"{SECRET} for Carla?" in mail.get_body(("plain",)).get_content()
    assert mail["Auto-Submitted"] == "auto-generated" and "support+s." in mail["Reply-To"]
    (why,) = decisions(agent, ticket)
    assert (why["outcome"], why["actions"]) == ("done", ["side_conversation"])
    seen = customer.get(f"/v1/portal/tickets/{ticket['id']}").body
    assert "The charger stops" in str(seen) and SECRET not in str(seen) and "supplier" not in str(seen)
    assert SECRET not in str(agent.get(f"/v1/tickets/{ticket['id']}?include=messages,events").body)
    rows = boto3.client("dynamodb").scan(TableName="Deliveries")["Items"]
    kept = [row for row in rows if "DECISIONS" in row["pk"]["S"]]
    assert kept and "supplier" not in str(kept), "no address stands in a decision"


def test_rt01_the_third_party_s_answer_comes_back_into_the_talk(cloud, agent, admin):
    rule(admin, "Orders", [talk()], when="subject:charger")
    ticket = opened(agent, subject="The charger stops")
    cloud.pump()
    (mail,) = sent(cloud)
    (address,) = mail["Reply-To"].addresses
    receive(a_mail("Re", "In stock", From="parts@supplier.test", To=address.addr_spec), to=[address.addr_spec])
    (side,) = sides(agent, ticket)
    messages = agent.get(f"/v1/tickets/{ticket['id']}/side-conversations/{side['id']}/messages").body["data"]
    assert [one["kind"] for one in messages] == ["sent", "received"]
    assert read(agent, ticket)["message_count"] == 1


def test_rt01_words_of_a_template(cloud, agent, admin):
    variants = {"en": {"subject": "Not this one", "body_html": "<p>Order {{ticket.number}}</p>"}}
    template = admin.post("/v1/templates", {"name": "Order", "visibility": "all", "variants": variants}).body
    action = {
        "type": "side_conversation",
        "to": ["parts@supplier.test"],
        "subject": "New",
        "template_id": template["id"],
    }
    rule(admin, "Orders", [action])
    ticket = opened(agent)
    cloud.pump()
    (mail,) = sent(cloud)
    assert (mail["Subject"], mail.get_body(("plain",)).get_content().split()[:2]) == (
        "New",
        ["Order", str(ticket["number"])],
    )


def test_rt02_several_rules_write_to_one_address_once_for_one_event(cloud, agent, admin):
    rule(admin, "First", [talk(), tags("one")])
    rule(admin, "Second", [talk("Parts@supplier.test"), talk("other@supplier.test"), tags("two")])
    rule(admin, "Woken", [talk(), tags("three")], "ticket.tags_changed", when="actor:rule tag:one -tag:three")
    ticket = opened(agent)
    cloud.pump()
    assert (len(sent(cloud)), len(sent(cloud, "other@supplier.test")), len(sides(agent, ticket))) == (1, 1, 2)
    assert read(agent, ticket)["tags"] == ["one", "three", "two"], "all else is done"
    left = {one["rule"]: [row["because"] for row in one["left_out"]] for one in decisions(agent, ticket)}
    assert left["First"] == [] and left["Second"] == left["Woken"] == ["another rule has already written to them"]
    agent.patch(f"/v1/tickets/{ticket['id']}", {"tags": {"remove": ["three", "two"], "add": ["x"]}})
    cloud.pump()
    assert len(sent(cloud)) == 1, "a person's act is another event, but no rule of it writes"


def test_rt02_two_machines_do_not_write_to_each_other(cloud, agent, admin):
    rule(admin, "Orders", [talk()], when="subject:charger")
    rule(admin, "Asks", [talk(subject="And now?"), tags("asked")], "side_conversation.message_received")
    ticket = opened(agent, subject="The charger stops")
    cloud.pump()
    (address,) = sent(cloud)[0]["Reply-To"].addresses
    away = a_mail("Away", "On leave", From="parts@supplier.test", To=address.addr_spec, Auto_Submitted="auto-replied")
    receive(away, to=[address.addr_spec])
    cloud.pump()
    (why,) = decisions(agent, ticket, "Asks")
    assert len(sent(cloud)) == 1 and why["left_out"][0]["because"].startswith("a machine wrote it")
    assert read(agent, ticket)["tags"] == ["asked"]


def test_rt02_who_takes_part_in_the_ticket_is_not_written_to_on_the_side(cloud, agent, admin):
    made = rule(admin, "Orders", [talk("carla@customer.test"), tags("x")])
    ticket = opened(agent)
    cloud.pump()
    (why,) = decisions(agent, ticket)
    assert why["outcome"] == "failed" and "third parties only" in why["detail"]
    assert (sides(agent, ticket), read(agent, ticket)["tags"], counted(admin, made)["hits"]) == ([], [], 0)


def test_rt02_words_with_an_open_place_do_not_go_out(cloud, agent, admin):
    rule(admin, "Orders", [talk(subject="About {{fields.serial}}")])
    ticket = opened(agent)
    cloud.pump()
    (why,) = decisions(agent, ticket)
    assert why["outcome"] == "failed" and "fields.serial has no value" in why["detail"] and sides(agent, ticket) == []


def test_ad11_faults_of_a_side_conversation_stand_at_their_places(admin):
    name, _, domain = SUPPORT.partition("@")
    bad = talk("parts@supplier.test", "nobody", SUPPORT, f"{name}+x@{domain}", subject="{{ticket.mood}}")
    assert refused(admin, tags("x"), bad) == {
        "/then/1/to/1": "not_an_address",
        "/then/1/to/2": "own_address",
        "/then/1/to/3": "own_address",
        "/then/1/subject": "unknown_variable",
    }
    assert refused(admin, talk(body_html="{{nothing.here}}")) == {"/then/0/body_html": "unknown_variable"}
    template = {"type": "side_conversation", "to": ["a@b.test"], "subject": "x", "template_id": "none"}
    assert refused(admin, template) == {"/then/0/template_id": "unknown"}
    for wrong in (talk() | {"to": []}, talk(subject=""), talk(subject="a\nb"), talk(template_id="x")):
        assert next(iter(refused(admin, wrong))).startswith("/then/0")


def test_rt02_killed_anywhere_and_tried_again_one_mail_goes_out(cloud, agent, admin):
    rule(admin, "Orders", [talk(), tags("ordered")])
    tried = 0
    for death in deaths():
        ticket = opened(agent)
        bodies = told(agent, ticket)
        with death:
            work(bodies[0])
        assert work(*bodies) == work(*bodies) == [], death
        types = [one["type"] for one in events(agent, ticket)]
        assert types.count("side_conversation.started") == types.count("side_conversation.message_sent") == 1, death
        assert len(sides(agent, ticket)) == 1 and read(agent, ticket)["tags"] == ["ordered"], death
        tried += 1
    cloud.pump()
    assert len(sent(cloud)) == tried > 8


def test_rt02_a_trial_says_that_it_would_write_and_writes_nothing(cloud, agent, admin):
    ticket = opened(agent, subject="The charger stops")
    answer = simulated(admin, {"on": ["ticket.created"], "then": [talk()]})
    assert (answer["matched"], answer["changed"], answer["side_conversations"]) == (1, 1, 1)
    assert answer["found"][0]["side_conversations"] == 1
    cloud.pump()
    assert sides(agent, ticket) == [] and sent(cloud) == []
