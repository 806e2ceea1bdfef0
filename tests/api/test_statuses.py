"""Statuses, priorities and topics that administrators define."""

from __future__ import annotations

import boto3
import pytest

from tests.callers import NEW_TICKET
from tests.inbound import a_mail, receive


def _status(admin, **more):
    body = {"id": "vendor", "label": "With vendor", "category": "on_hold", "next": ["open"], "reachable_from": ["new"]}
    reply = admin.post("/v1/statuses", body | more)
    assert reply.status == 201, reply.body
    return reply.body


def test_tm03_a_renamed_status_changes_no_metric(cloud, admin, agent, ticket):
    """Label, customer's label and category are apart; a default is stored with its first change."""
    assert agent.get("/v1/statuses/open").body["version"] == 0
    renamed = admin.patch("/v1/statuses/new", {"label": "Fresh", "customer_label": "Got it"}, If_Match='"0"')
    assert (renamed.status, renamed.body["version"], renamed.headers["ETag"]) == (200, 1, '"1"')
    shown = agent.get(f"/v1/tickets/{ticket['id']}").body
    assert shown["status"] == {"id": "new", "label": "Fresh", "category": "new"}
    cloud.pump()
    assert next(one for one in agent.get("/v1/views").body["data"] if one["id"] == "open")["count"] == 1
    assert admin.patch("/v1/statuses/new", {"category": "open"}).status == 422
    assert admin.patch("/v1/statuses/new", {"label": "x"}, If_Match='"0"').status == 412


def test_tm03_the_customer_reads_his_own_label(admin, agent, customer, ticket):
    admin.patch("/v1/statuses/new", {"customer_label": "Wir haben es"})
    assert customer.get(f"/v1/portal/tickets/{ticket['id']}").body["status"]["label"] == "Wir haben es"


def test_tm04_one_graph_on_every_path(admin, agent, ticket):
    """Legal moves in the 409, by PATCH, with a message, by macro and by resolution."""
    _status(admin)
    path = f"/v1/tickets/{ticket['id']}"
    assert agent.patch(path, {"status_id": "vendor"}).body["legal_statuses"] == ["open"]
    macro = {"name": "x", "actions": [{"type": "set_status", "value": "waiting"}]}
    macro_id = agent.post("/v1/macros", macro).body["id"]
    tries = [
        agent.patch(path, {"status_id": "waiting"}),
        agent.post(f"{path}/messages", {"kind": "note", "body_text": "x", "status_id": "waiting"}),
        agent.post(f"{path}/macros/{macro_id}"),
        agent.post(f"{path}/macros/{macro_id}/preview"),
        agent.put(f"{path}/resolution"),
    ]
    assert [(reply.status, reply.body["code"], reply.body["legal"]) for reply in tries] == [
        (409, "illegal_transition", ["open"])
    ] * 5
    assert agent.get(path).body["message_count"] == 1


def test_tm04_a_graph_without_a_way_back_loses_no_mail(admin, agent, ticket):
    """The customer's words are kept; the status stays where the graph keeps it."""
    _status(admin, next=[])
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "vendor"})
    admin.patch("/v1/statuses/solved", {"next": ["closed"]})
    other = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    agent.put(f"/v1/tickets/{other}/resolution")
    mail = a_mail()
    del mail["Subject"]
    mail["Subject"] = f"Re: x [#{ticket['number']}]"
    assert receive(mail)["outcome"] == "message"
    refused = agent.delete(f"/v1/tickets/{other}/resolution")
    assert (refused.status, refused.body["legal"]) == (409, ["closed"])


def test_a_status_that_leads_nowhere_is_refused_with_every_fault(admin):
    body = {"label": "x", "category": "open", "next": ["gone", "open", "open"], "reachable_from": ["no"]}
    reply = admin.post("/v1/statuses", body)
    pointers = {fault["pointer"] for fault in reply.body["errors"]}
    assert (reply.status, pointers) == (422, {"/next/0", "/next/2", "/reachable_from/0"})


def test_a_status_in_use_wants_a_replacement(cloud, admin, agent, ticket):
    _status(admin)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "vendor"})
    cloud.pump()
    refused = admin.delete("/v1/statuses/vendor")
    assert (refused.status, refused.body["code"], refused.body["count"]) == (409, "in_use", 1)
    assert admin.delete("/v1/statuses/vendor?replace_by=vendor").status == 422
    assert admin.delete("/v1/statuses/vendor?replace_by=on_hold").status == 204
    assert "vendor" not in [one["id"] for one in agent.get("/v1/statuses").body["data"]]
    assert agent.get("/v1/statuses/vendor").body["replaced_by"] == "on_hold"
    shown = agent.get(f"/v1/tickets/{ticket['id']}").body
    assert shown["status"]["label"] == "With vendor"
    assert "vendor" not in agent.get(f"/v1/tickets/{_other(agent)}").body["legal_statuses"]
    again = admin.patch("/v1/statuses/vendor", {"archived": False})
    assert (again.body["archived"], again.body["replaced_by"]) == (False, None)


def test_a_job_rewrites_what_an_archived_status_left(cloud, admin, agent, ticket):
    from helpdesk.access.actor import cause_of, system
    from helpdesk.tickets.replacing import replace_archived, replacements, retag
    from helpdesk.tickets.service import change

    _status(admin)
    admin.post("/v1/priorities", {"id": "calm", "label": "Calm"})
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "vendor", "priority": "calm", "tags": {"add": ["a", "b"]}})
    cloud.pump()
    admin.delete("/v1/statuses/vendor?replace_by=on_hold")
    admin.delete("/v1/statuses/on_hold?replace_by=waiting")
    assert admin.delete("/v1/priorities/calm").body["code"] == "in_use"
    admin.delete("/v1/priorities/calm?replace_by=low")
    desk = system("acme")

    def work(edit):
        replace_archived(edit)
        retag(edit, "a", "c")
        retag(edit, "b", None)

    after = change(desk, cause_of(desk, "system"), ticket["id"], work)
    assert (after.status_id, after.category, after.priority, after.tags) == ("on_hold", "on_hold", "low", ("c",))
    assert replacements(after) == {}


def test_each_category_keeps_a_status(admin):
    refused = admin.delete("/v1/statuses/open?replace_by=waiting")
    assert (refused.status, refused.body["code"]) == (409, "last_of_category")


def test_the_first_status_of_a_category_is_where_automatic_moves_go(admin, agent, ticket):
    _status(admin, id="triage", category="open", label="Triage", reachable_from=["new", "waiting"])
    ids = [one["id"] for one in agent.get("/v1/statuses").body["data"]]
    order = ["triage", *[id_ for id_ in ids if id_ != "triage"]]
    assert [one["id"] for one in admin.put("/v1/statuses/order", {"ids": order}).body["data"]] == order
    assert admin.put("/v1/statuses/order", {"ids": order[1:]}).body["errors"][0]["code"] == "not_all"
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "x"})
    assert agent.get(f"/v1/tickets/{ticket['id']}").body["status"]["id"] == "triage"


def test_tm06_priorities_are_ranked_and_never_go_without_a_replacement(admin, agent):
    made = admin.post("/v1/priorities", {"id": "blocker", "label": "Blocker", "hue": 20}).body
    assert (made["rank"], made["hue"]) == (5, 20)
    order = ["low", "blocker", "normal", "high", "urgent"]
    ranked = admin.put("/v1/priorities/order", {"ids": order}).body["data"]
    assert [(one["id"], one["rank"]) for one in ranked] == list(zip(order, range(1, 6), strict=True))
    assert admin.delete("/v1/priorities/normal").body["code"] == "in_use"
    assert admin.delete("/v1/priorities/normal?replace_by=blocker").status == 204
    fresh = agent.post("/v1/tickets", NEW_TICKET).body
    assert fresh["priority"] == "blocker"
    refused = agent.patch(f"/v1/tickets/{fresh['id']}", {"priority": "normal"})
    assert refused.body["errors"][0]["pointer"] == "/priority"


def test_only_administrators_define(agent):
    for path in ("statuses", "priorities", "topics", "fields", "forms", "tags"):
        assert agent.post(f"/v1/{path}", {}).status == 403
        assert agent.get(f"/v1/{path}").status == 200


@pytest.fixture
def tree(admin):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    top = {"id": "hardware", "label": "Hardware", "public": True, "team_id": team, "tags": ["hw"], "type": "incident"}
    below = {"id": "charger", "label": "Charger", "public": True, "parent_id": "hardware", "priority": "high"}
    for body in (top, below | {"tags": ["power"], "customer_label": "Ladegerät"}):
        assert admin.post("/v1/topics", body).status == 201
    return team


def test_tm10_a_topic_presets_what_nobody_says(agent, tree):
    opened = agent.post("/v1/tickets", NEW_TICKET | {"topic_id": "charger"}).body
    shown = {name: opened[name] for name in ("topic_id", "team_id", "priority", "type", "tags")}
    assert shown == {
        "topic_id": "charger", "team_id": tree, "priority": "high", "type": "incident", "tags": ["hw", "power"],
    }  # fmt: skip
    own = agent.post("/v1/tickets", NEW_TICKET | {"topic_id": "charger", "priority": "low", "type": "task"}).body
    assert (own["priority"], own["type"]) == ("low", "task")


def test_tm10_another_topic_is_audited_and_routes_only_when_asked(cloud, agent, ticket, tree):
    path = f"/v1/tickets/{ticket['id']}"
    moved = agent.patch(path, {"topic_id": "charger"}).body
    assert (moved["topic_id"], moved["team_id"], moved["priority"]) == ("charger", None, "normal")
    events = agent.get(f"{path}?include=events").body["events"]
    assert events[-1]["type"] == "ticket.topic_changed"
    assert events[-1]["changes"]["topic_id"] == {"from": None, "to": "charger"}
    asked = agent.patch(path, {"topic_id": "charger", "apply_topic": True, "priority": "low"}).body
    assert (asked["team_id"], asked["priority"], asked["tags"]) == (tree, "low", ["hw", "power"])


def test_tm10_topics_are_a_tree_and_stay_one(cloud, admin, agent, tree):
    assert admin.patch("/v1/topics/hardware", {"parent_id": "charger"}).body["errors"][0]["code"] == "cyclic"
    wrong = {"label": "x", "team_id": "no", "form_id": "no", "priority": "no", "parent_id": "no"}
    faults = admin.post("/v1/topics", wrong).body["errors"]
    assert {fault["pointer"] for fault in faults} == {"/team_id", "/form_id", "/priority", "/parent_id"}
    assert admin.delete("/v1/topics/hardware").body["by"] == ["charger"]
    agent.post("/v1/tickets", NEW_TICKET | {"topic_id": "charger"})
    cloud.pump()
    assert admin.delete("/v1/topics/charger").body["count"] == 1
    assert admin.delete("/v1/topics/charger?replace_by=hardware").status == 204
    assert agent.post("/v1/tickets", NEW_TICKET | {"topic_id": "charger"}).status == 422


def test_tm10_the_portal_offers_public_topics_only(admin, customer, tree):
    admin.post("/v1/topics", {"id": "inner", "label": "Inner"})
    admin.post("/v1/topics", {"id": "below", "label": "Below", "public": True, "parent_id": "inner"})
    offered = customer.get("/v1/portal/topics").body["data"]
    assert [(one["id"], one["label"]) for one in offered] == [("hardware", "Hardware"), ("charger", "Ladegerät")]
    body = {"subject": "x", "body_text": "x"}
    assert customer.post("/v1/portal/tickets", body | {"topic_id": "inner"}).status == 422
    assert customer.post("/v1/portal/tickets", body | {"topic_id": "charger"}).body["topic_id"] == "charger"


def test_tags_have_one_form_and_a_registry(cloud, admin, agent, ticket):
    path = f"/v1/tickets/{ticket['id']}"
    tags = agent.patch(
        path, {"tags": {"add": [" Stra\u00dfe", "CAFE\u0301", "caf\u00e9", "日本", "zero\u200bwidth"]}}
    ).body["tags"]
    assert tags == ["caf\u00e9", "stra\u00dfe", "zerowidth", "日本"]
    for wrong in ("", " ", "a b", "a,b", "#a", "x" * 51, "\u200b"):
        assert agent.patch(path, {"tags": {"add": [wrong]}}).status == 422, wrong
    many = agent.patch(path, {"tags": {"add": [f"t{number}" for number in range(10_000)]}})
    assert (many.status, many.body["errors"][0]["pointer"]) == (422, "/tags/add")
    cloud.pump()
    assert admin.post("/v1/tags", {"id": "Caf\u00e9", "hue": 140, "description": "coffee"}).status == 201
    listed = {one["id"]: one for one in agent.get("/v1/tags").body["data"]}
    assert listed["caf\u00e9"] == {"id": "caf\u00e9", "count": 1, "hue": 140, "description": "coffee", "version": 1}
    assert admin.patch("/v1/tags/caf%C3%A9", {"hue": None}).body["hue"] is None
    assert admin.delete("/v1/tags/caf%C3%A9").body["code"] == "in_use"
    agent.patch(path, {"tags": {"remove": ["caf\u00e9"]}})
    cloud.pump()
    assert admin.delete("/v1/tags/caf%C3%A9").status == 204


def test_settings_are_told_in_the_log(cloud, admin, agent):
    admin.patch("/v1/statuses/open", {"label": "Doing"})
    cloud.pump()
    told = [one for one in agent.get("/v1/events?after=0").body["data"] if one["subject"]["kind"] == "status"]
    assert [(one["type"], one["changes"]["label"]["to"]) for one in told] == [("setting.created", "Doing")]


def _other(agent):
    return agent.post("/v1/tickets", NEW_TICKET).body["id"]


def test_a_status_that_the_desk_no_longer_knows_breaks_nothing(cloud, agent, ticket):
    table = boto3.resource("dynamodb").Table("Tickets")
    key = {"pk": f"acme#{ticket['id']}", "sk": "TICKET"}
    table.update_item(Key=key, UpdateExpression="SET status_id = :s", ExpressionAttributeValues={":s": "gone"})
    shown = agent.get(f"/v1/tickets/{ticket['id']}").body
    assert (shown["status"]["label"], shown["status"]["category"]) == ("gone", "new")
    assert agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "open"}).body["status"]["id"] == "open"


def test_topics_and_priorities_are_changed(admin, agent, tree):
    changed = admin.patch("/v1/topics/charger", {"help": "Which lamp blinks?", "parent_id": None, "team_id": tree})
    assert (changed.body["help"], changed.body["parent_id"], changed.body["team_id"]) == (
        "Which lamp blinks?",
        None,
        tree,
    )
    assert admin.patch("/v1/priorities/high", {"label": "Soon", "hue": 55}).body["label"] == "Soon"
    order = [one["id"] for one in agent.get("/v1/topics").body["data"]][::-1]
    assert [one["id"] for one in admin.put("/v1/topics/order", {"ids": order}).body["data"]] == order
