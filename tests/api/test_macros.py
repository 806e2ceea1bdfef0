"""Macros and templates: a look first, one command, the rights of whoever runs it, and no open place in a mail."""

from __future__ import annotations

import boto3
import pytest

from tests.callers import NEW_TICKET, staff
from tests.inbound import a_mail, receive

REPLY = "<p>Hello {{requester.first_name}}, {{ticket.number}} by {{agent.first_name}}.</p>"


def make(caller, *actions, **more):
    reply = caller.post("/v1/macros", {"name": "Answer", "actions": list(actions)} | more)
    assert reply.status == 201, reply.body
    return reply.body["id"]


def template(caller, **more):
    words = {"en": {"body_html": REPLY}, "de": {"subject": "Zu {{ticket.number}}", "body_html": "<p>Hallo</p>"}}
    reply = caller.post("/v1/templates", {"name": "Hello", "visibility": "all", "variants": words} | more)
    assert reply.status == 201, reply.body
    return reply.body


@pytest.fixture
def all_of_it(admin, agent):
    """A macro that does one thing of each kind."""
    admin.post("/v1/fields", {"id": "cause", "label": "Cause", "type": "text"})
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    return make(
        admin,
        {"type": "set_assignee", "value": "me"},
        {"type": "set_team", "value": team},
        {"type": "set_priority", "value": "high"},
        {"type": "set_type", "value": "incident"},
        {"type": "set_field", "field_id": "cause", "value": "heat"},
        {"type": "add_tags", "tags": ["Hot", "old"]},
        {"type": "remove_tags", "tags": ["old"]},
        {"type": "reply", "body_html": REPLY},
        {"type": "note", "template_id": template(admin)["id"]},
        {"type": "set_status", "value": "waiting"},
        visibility="all",
    )


def test_ei12_a_look_first_then_one_command(cloud, agent, ticket, all_of_it):
    path = f"/v1/tickets/{ticket['id']}"
    before = boto3.client("dynamodb").scan(TableName="Tickets")["Count"]
    seen = agent.post(f"{path}/macros/{all_of_it}/preview").body
    assert boto3.client("dynamodb").scan(TableName="Tickets")["Count"] == before
    assert seen["changes"]["assignee_id"] == {"from": None, "to": agent.me["id"]}
    assert seen["changes"]["status_id"] == {"from": "new", "to": "waiting"}
    assert seen["changes"]["fields"] == {"from": {}, "to": {"cause": "heat"}}
    assert [one["kind"] for one in seen["messages"]] == ["reply", "note"]
    assert seen["messages"][0]["body_text"] == f"Hello Carla, {ticket['number']} by Agent."
    done = agent.post(f"{path}/macros/{all_of_it}").body
    for name, change in seen["changes"].items():
        assert (done["status"]["id"] if name == "status_id" else done.get(name, change["to"])) == change["to"]
    after = agent.get(f"{path}?include=messages,events").body
    assert [one["body_text"] for one in after["messages"][1:]] == [one["body_text"] for one in seen["messages"]]
    fresh = after["events"][2:]
    assert len({one["correlation_id"] for one in fresh}) == 1
    assert [one["type"] for one in fresh].count("ticket.macro_applied") == 1
    assert fresh[0]["data"] == {"macro_id": all_of_it}


def test_ei12_the_right_counts_of_whoever_runs_it(admin, agent, ticket, all_of_it):
    """Not of its author: fields that he cannot change, and routes that he cannot call."""
    path = f"/v1/tickets/{ticket['id']}/macros/{all_of_it}"
    admin.patch("/v1/fields/cause", {"read_only_to": ["agent"]})
    refused = agent.post(path)
    assert (refused.status, refused.body["errors"][0]["code"]) == (422, "read_only")
    assert agent.get(f"/v1/tickets/{ticket['id']}").body["version"] == ticket["version"]
    viewer = staff("viewer", "vera@acme.test")
    assert viewer.post(path).status == 403
    assert admin.post(path).status == 200


def test_ei12_macros_are_everybodys_a_teams_or_ones_own(admin, agent, ticket):
    own = make(agent, {"type": "add_tags", "tags": ["mine"]})
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    teams = make(admin, {"type": "add_tags", "tags": ["t"]}, visibility="teams", team_ids=[team])
    action = [{"type": "add_tags", "tags": ["x"]}]
    assert agent.post("/v1/macros", {"name": "x", "actions": action, "visibility": "all"}).status == 403
    nobody = admin.post("/v1/macros", {"name": "x", "actions": action, "visibility": "teams", "team_ids": ["no"]})
    assert nobody.body["errors"][0]["pointer"] == "/team_ids/0"
    assert [one["id"] for one in agent.get("/v1/macros").body["data"]] == [own]
    for reply in (
        agent.post(f"/v1/tickets/{ticket['id']}/macros/{teams}"),
        admin.post(f"/v1/tickets/{ticket['id']}/macros/{own}"),
        admin.patch(f"/v1/macros/{own}", {"name": "x"}),
        admin.delete(f"/v1/macros/{own}"),
        agent.get(f"/v1/macros/{teams}"),
    ):
        assert reply.status == 404
    admin.patch(f"/v1/people/{agent.me['id']}", {"team_ids": [team]})
    assert {one["id"] for one in agent.get("/v1/macros").body["data"]} == {own, teams}
    assert agent.patch(f"/v1/macros/{own}", {"visibility": "all"}).status == 403
    assert agent.delete(f"/v1/macros/{teams}").status == 403
    assert agent.put("/v1/macros/order", {"ids": [own]}).status == 200
    assert agent.put("/v1/macros/order", {"ids": [own, teams]}).status == 422


def test_ei12_uses_are_counted(agent, ticket):
    macro = make(agent, {"type": "add_tags", "tags": ["x"]})
    assert agent.get(f"/v1/macros/{macro}").body["usage_count"] == 0
    for _ in range(3):
        agent.post(f"/v1/tickets/{ticket['id']}/macros/{macro}")
    agent.post(f"/v1/tickets/{ticket['id']}/macros/{macro}/preview")
    used = agent.get(f"/v1/macros/{macro}").body
    assert (used["usage_count"], used["version"], bool(used["last_used_at"])) == (3, 1, True)


def test_a_macro_tried_again_is_done_once(agent, ticket):
    macro = make(agent, {"type": "note", "body_html": "<p>one</p>"}, {"type": "note", "body_html": "<p>two</p>"})
    path = f"/v1/tickets/{ticket['id']}"
    for _ in range(2):
        assert agent.post(f"{path}/macros/{macro}", Idempotency_Key="k1").status == 200
    texts = [one["body_text"] for one in agent.get(f"{path}/messages").body["data"]]
    assert texts[1:] == ["one", "two"]


def test_a_macro_that_names_what_is_not_there_is_refused_at_its_action(admin, agent):
    actions = [
        {"type": "set_priority", "value": "no"},
        {"type": "set_field", "field_id": "no", "value": 1},
        {"type": "note", "template_id": "no"},
        {"type": "set_assignee", "value": "me"},
    ]
    reply = agent.post("/v1/macros", {"name": "x", "actions": actions})
    pointers = [fault["pointer"] for fault in reply.body["errors"]]
    assert pointers == ["/actions/0/value", "/actions/1/field_id", "/actions/2/template_id"]
    assert agent.post("/v1/macros", {"name": "x", "actions": [{"type": "fly"}]}).status == 422
    assert agent.post("/v1/macros", {"name": "x", "actions": []}).status == 422


def test_what_has_gone_since_stops_the_macro_at_its_action(admin, agent, ticket):
    admin.post("/v1/priorities", {"id": "odd", "label": "Odd"})
    macro = make(agent, {"type": "add_tags", "tags": ["x"]}, {"type": "set_priority", "value": "odd"})
    admin.delete("/v1/priorities/odd?replace_by=low")
    refused = agent.post(f"/v1/tickets/{ticket['id']}/macros/{macro}")
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/actions/1/value")
    assert agent.get(f"/v1/tickets/{ticket['id']}").body["tags"] == []


def test_ei11_an_undefined_variable_is_marked_and_blocks_the_sending(agent, ticket):
    words = {"en": {"body_html": "<p>Call {{requester.phone}} or {{requester.mobile|us}}, {{no.such}}</p>"}}
    made = template(agent, visibility="personal", variants=words)
    assert made["unknown_variables"] == ["requester.mobile", "no.such"]
    filled = agent.post(f"/v1/templates/{made['id']}/rendering", {"ticket_id": ticket["id"]}).body
    assert filled["undefined"] == ["requester.phone", "no.such"]
    assert filled["body_text"] == "Call [[requester.phone?]] or us, [[no.such?]]"
    path = f"/v1/tickets/{ticket['id']}/messages"
    for form, words in (
        ("body_html", filled["body_html"]),
        ("body_text", filled["body_text"]),
        ("body_html", "<p>[[requester.<b>phone</b>?]]</p>"),
        ("body_html", "<p>&#91;&#91;requester.phone?]]</p>"),
    ):
        refused = agent.post(path, {"kind": "reply", form: words})
        assert (refused.status, refused.body["code"]) == (422, "undefined_variable")
        assert refused.body["errors"][0]["pointer"] == f"/{form}"
    macro = make(agent, {"type": "add_tags", "tags": ["x"]}, {"type": "reply", "template_id": made["id"]})
    seen = agent.post(f"/v1/tickets/{ticket['id']}/macros/{macro}/preview").body
    assert seen["undefined"] == ["requester.phone", "no.such"]
    refused = agent.post(f"/v1/tickets/{ticket['id']}/macros/{macro}")
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/actions/1")
    after = agent.get(f"/v1/tickets/{ticket['id']}").body
    assert (after["message_count"], after["tags"]) == (1, [])


@pytest.mark.parametrize(
    ("locale", "expected"), [("de", "de"), ("de-AT", "de"), ("pt-PT", "pt-BR"), ("fr", "en"), (None, "en")]
)
def test_ei11_the_variant_is_in_the_requesters_language(admin, agent, ticket, locale, expected):
    words = {name: {"body_html": f"<p>{name}</p>"} for name in ("pt-BR", "en", "de")}
    made = template(admin, variants=words)
    admin.patch(f"/v1/people/{ticket['requester']['id']}", {"locale": locale})
    filled = agent.post(f"/v1/templates/{made['id']}/rendering", {"ticket_id": str(ticket["number"])}).body
    assert (filled["locale"], filled["body_text"]) == (expected, expected)


def test_ei11_values_are_escaped_and_never_read_as_templates(agent):
    """Whatever a customer calls himself, or writes, is text."""
    name = "{{agent.email}} <img src=x onerror=alert(1)> [[agent.name?]]"
    requester = {"email": "eve@customer.test", "name": name}
    opened = agent.post("/v1/tickets", NEW_TICKET | {"requester": requester, "subject": "{{agent.email}}"}).body
    words = {"en": {"subject": "Re {{ticket.subject}}", "body_html": "<p>{{requester.name}}</p><script>x</script>"}}
    made = template(agent, visibility="personal", variants=words)
    filled = agent.post(f"/v1/templates/{made['id']}/rendering", {"ticket_id": opened["id"]}).body
    assert filled["subject"] == "Re {{agent.email}}"
    assert filled["undefined"] == []
    assert "&lt;img" in filled["body_html"]
    assert "<script" not in filled["body_html"]
    body = {"kind": "reply", "body_html": filled["body_html"]}
    assert agent.post(f"/v1/tickets/{opened['id']}/messages", body).status == 201


def test_ei11_inbound_text_is_left_alone(cloud, agent, customer):
    received = receive(a_mail(text="What is {{agent.email}} and [[requester.phone?]]"))
    assert received["outcome"] == "message"
    first = agent.get(f"/v1/tickets/{received['ticket_id']}/messages").body["data"][0]
    assert "{{agent.email}} and [[requester.phone?]]" in first["body_text"]
    body = {"subject": "x", "body_text": "[[requester.phone?]] {{agent.email}}"}
    opened = customer.post("/v1/portal/tickets", body).body
    assert opened["messages"][0]["body_text"] == body["body_text"]


def test_ei11_custom_fields_fill_in_by_label_for_those_who_see_them(admin, agent):
    chosen = {"type": "multi_select", "options": [{"id": "a", "label": "Añil"}, {"id": "b", "label": "Blau"}]}
    admin.post("/v1/fields", {"id": "colours", "label": "Colours"} | chosen)
    admin.post("/v1/fields", {"id": "secret", "label": "Secret", "type": "text", "visible_to": ["admin"]})
    fields = {"colours": ["b", "a"], "secret": "s"}
    opened = admin.post("/v1/tickets", NEW_TICKET | {"fields": fields}).body
    made = template(admin, variants={"en": {"body_html": "<p>{{fields.colours}} {{fields.secret}}</p>"}})
    path = f"/v1/templates/{made['id']}/rendering"
    assert admin.post(path, {"ticket_id": opened["id"]}).body["body_text"] == "Añil, Blau s"
    assert agent.post(path, {"ticket_id": opened["id"]}).body["undefined"] == ["fields.secret"]


def test_templates_have_one_shortcut_each_and_every_variable_is_listed(admin, agent, ticket):
    template(admin, shortcut="hi")
    assert (
        admin.post(
            "/v1/templates", {"name": "x", "shortcut": "hi", "variants": {"en": {"body_html": "<p>x</p>"}}}
        ).body["errors"][0]["pointer"]
        == "/shortcut"
    )
    names = [one["name"] for one in agent.get("/v1/template-variables").body["data"]]
    words = {"en": {"body_html": "".join(f"<p>{name}={{{{{name}|-}}}}</p>" for name in names if "<" not in name)}}
    made = template(agent, visibility="personal", variants=words)
    assert made["unknown_variables"] == []
    filled = agent.post(f"/v1/templates/{made['id']}/rendering", {"ticket_id": ticket["id"]}).body
    assert f"ticket.number={ticket['number']}" in filled["body_text"]
    assert "organisation.name=Acme" in filled["body_text"]


def test_ei11_a_preview_is_no_use(admin, ticket):
    made, wish = template(admin), {"ticket_id": ticket["id"]}
    path = f"/v1/templates/{made['id']}"
    previewed = admin.post(f"{path}/rendering", wish | {"preview": True}).body
    assert admin.get(path).body["usage_count"] == 0
    assert admin.post(f"{path}/rendering", wish).body == previewed
    assert admin.get(path).body["usage_count"] == 1


def test_macros_and_templates_are_changed_and_removed(admin, agent):
    macro = make(admin, {"type": "add_tags", "tags": ["x"]})
    changed = admin.patch(f"/v1/macros/{macro}", {"name": "Other", "visibility": "all"}, If_Match='"1"').body
    assert (changed["name"], changed["version"]) == ("Other", 2)
    assert admin.patch(f"/v1/macros/{macro}", {"name": None}).status == 422
    made = template(admin)["id"]
    words = {"fr": {"body_html": "<p>Bonjour<script>x</script></p>"}}
    assert (
        admin.patch(f"/v1/templates/{made}", {"variants": words}).body["variants"]["fr"]["body_html"]
        == "<p>Bonjour</p>"
    )
    for path in (f"/v1/macros/{macro}", f"/v1/templates/{made}"):
        assert agent.delete(path).status == 403
        assert admin.delete(path).status == 204
        assert agent.get(path).status == 404
