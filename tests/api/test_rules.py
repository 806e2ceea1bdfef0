"""RT-01, RT-02: rules act on what happens to tickets, each once, in order, without loops, and say why."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import boto3

from helpdesk.core import cache, clock
from tests.api.test_webhooks import hook, types
from tests.callers import NEW_TICKET

URGENT = {"type": "set_priority", "value": "urgent"}


def tags(*names: str) -> dict[str, Any]:
    return {"type": "add_tags", "tags": list(names)}


def rule(admin, name: str, then: list[dict[str, Any]], on: str = "ticket.created", **values: Any) -> dict[str, Any]:
    made = admin.post("/v1/rules", {"name": name, "on": on.split(), "then": then} | values)
    assert made.status == 201, made.body
    return made.body


def opened(agent, **values: Any) -> dict[str, Any]:
    made = agent.post("/v1/tickets", NEW_TICKET | values)
    assert made.status == 201, made.body
    return made.body


def read(agent, ticket: dict[str, Any]) -> dict[str, Any]:
    return agent.get(f"/v1/tickets/{ticket['id']}").body


def events(agent, ticket: dict[str, Any], kind: str = "rule") -> list[dict[str, Any]]:
    rows = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
    return [row for row in rows if row["actor"]["kind"] == kind]


def decisions(agent, ticket: dict[str, Any], name: str = "") -> list[dict[str, Any]]:
    rows = agent.get(f"/v1/tickets/{ticket['id']}/decisions").body["data"]
    return [row for row in rows if row["rule"] == name or not name]


def counted(admin, made: dict[str, Any]) -> dict[str, Any]:
    return admin.get(f"/v1/rules/{made['id']}").body


def test_rt01_a_rule_acts_in_one_command_and_says_so(cloud, agent, admin):
    made = rule(admin, "Charger", [URGENT, tags("hardware")], when="subject:charger -tag:spam")
    ticket = opened(agent, subject="The charger stops")
    other = opened(agent, subject="An invoice")
    cloud.pump()
    after = read(agent, ticket)
    assert (after["priority"], after["tags"]) == ("urgent", ["hardware"])
    done = events(agent, ticket)
    assert {one["correlation_id"] for one in done} == {done[0]["correlation_id"]}
    assert {one["actor"]["id"] for one in done} == {made["id"]}
    assert done[-1]["type"] == "ticket.rule_applied" and done[-1]["data"]["rule"] == "Charger"
    assert done[-1]["causation_id"] == done[-1]["data"]["event_id"]
    (why,) = decisions(agent, ticket)
    assert (why["outcome"], why["actions"], why["event"]) == ("done", ["set_priority", "add_tags"], "ticket.created")
    (why,) = decisions(agent, other)
    assert (why["outcome"], why["comparison"], why["found"]) == ("no_match", "subject:charger", "An invoice")
    assert "subject:charger does not hold, it is An invoice" in why["detail"]
    assert counted(admin, made)["hits"] == 1 and events(agent, other) == []


def test_rt01_nested_conditions_read_alike_in_both_forms_and_as_text(admin):
    when = "(channel:api or channel:mail) -(tag:spam priority:low) was.assignee:none"
    made = rule(admin, "Nested", [URGENT], when=when, on="message.received ticket.created", stop=True)
    assert made["when"] == when
    again = admin.patch(f"/v1/rules/{made['id']}", {"when": made["when_json"]}).body
    assert (again["when"], again["text"]) == (when, made["text"])
    assert made["text"].splitlines() == [
        'rule "Nested"',
        "on message.received, ticket.created",
        f"when {when}",
        "then",
        "  set priority urgent",
        "stop",
    ]


def test_rt01_previous_values_and_who_did_it(cloud, agent, admin):
    rule(
        admin, "Raised", [tags("raised")], "ticket.priority_changed", when="was.priority:low changed:priority actor:key"
    )
    rule(admin, "By staff", [tags("staff")], "ticket.priority_changed", when="actor:agent")
    ticket = opened(agent, priority="low")
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high", "tags": {"add": ["x"]}})
    cloud.pump()
    kind = agent.me["kind"]
    assert read(agent, ticket)["tags"] == (["raised", "x"] if kind == "key" else ["staff", "x"])
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "urgent"})
    cloud.pump()
    why = decisions(agent, ticket, "Raised")[0]
    assert (why["outcome"], why["comparison"], why["found"]) == ("no_match", "was.priority:low", "high")


def test_rt01_a_rule_sees_the_ticket_as_it_was_at_the_event(cloud, agent, admin):
    """The worker comes late: what has been done since neither makes it fire nor is overwritten."""
    rule(admin, "Late", [tags("late")], when="priority:urgent")
    rule(admin, "Early", [tags("early")], when="priority:normal")
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "urgent"})
    cloud.pump()
    assert read(agent, ticket)["tags"] == []
    (late,), (early,) = decisions(agent, ticket, "Late"), decisions(agent, ticket, "Early")
    assert (late["because"], late["found"]) == ("comparison", "normal")
    assert (early["outcome"], early["because"], early["found"]) == ("unchanged", "changed_since", "urgent")


def test_rt01_the_hour_the_weekday_and_open_hours_on_a_clock(cloud, agent, admin, timeline):
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    office = admin.post("/v1/calendars", {"name": "Office", "zone": "Asia/Tokyo", "hours": week}).body["id"]
    rule(admin, "Open", [tags("open")], when=f"within:{office}")
    rule(admin, "Shut", [tags("shut")], when=f"-within:{office}")
    local = clock.now().astimezone(ZoneInfo("Pacific/Kiritimati"))
    when = f"hour:{local.hour} weekday:{local:%a}".lower()
    rule(admin, "Far", [tags("far")], when=when, zone="Pacific/Kiritimati")
    rule(admin, "Here", [tags("here")], when=when)
    ticket = opened(agent)
    cloud.pump()
    tokyo = clock.parse(ticket["created_at"]).astimezone(ZoneInfo("Asia/Tokyo"))
    expected = "open" if tokyo.weekday() < 5 and 9 <= tokyo.hour < 17 else "shut"
    assert read(agent, ticket)["tags"] == sorted([expected, "far"])
    assert decisions(agent, ticket, "Here")[0]["comparison"].startswith("hour:")


def test_rt01_words_of_the_message_and_whose_they_are(cloud, agent, customer, admin):
    rule(admin, "Refund", [tags("refund")], "message.received", when='message.kind:customer message.text:"my money"')
    rule(admin, "Inside", [tags("inside")], "note.added message.sent", when="-message.public:true")
    ticket = opened(agent)
    path = f"/v1/tickets/{ticket['id']}/messages"
    agent.post(path, {"kind": "reply", "body_text": "You get my money back"})
    customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "I want My Money back"})
    cloud.pump()
    assert read(agent, ticket)["tags"] == ["refund"]
    agent.post(path, {"kind": "note", "body_text": "Careful"})
    cloud.pump()
    assert read(agent, ticket)["tags"] == ["inside", "refund"]
    assert all("money" not in str(one["found"]).lower() for one in decisions(agent, ticket)), "no word is kept"


def test_rt02_order_and_the_last_word(cloud, agent, admin):
    first = rule(admin, "First", [tags("first")], when="priority:normal", stop=True)
    second = rule(admin, "Second", [tags("second")])
    ticket = opened(agent)
    cloud.pump()
    assert read(agent, ticket)["tags"] == ["first"]
    (why,) = decisions(agent, ticket, "Second")
    assert (why["outcome"], why["because"]) == ("stopped", "earlier_rule") and "First" in why["detail"]
    assert admin.put("/v1/rules/order", {"ids": [second["id"], first["id"]]}).status == 200
    ticket = opened(agent)
    cloud.pump()
    assert read(agent, ticket)["tags"] == ["first", "second"]


def test_rt02_what_an_earlier_rule_changed_keeps_a_later_one_from_it(cloud, agent, admin):
    rule(admin, "Raise", [URGENT], when="priority:normal")
    rule(admin, "Wait", [tags("normal")], when="priority:normal")
    ticket = opened(agent)
    cloud.pump()
    assert (read(agent, ticket)["priority"], read(agent, ticket)["tags"]) == ("urgent", [])
    assert decisions(agent, ticket, "Wait")[0]["because"] == "changed_since"


def test_rt02_rules_that_are_off_or_out_of_use_do_nothing(cloud, agent, admin):
    off = rule(admin, "Off", [URGENT], enabled=False)
    gone = rule(admin, "Gone", [URGENT])
    assert admin.delete(f"/v1/rules/{gone['id']}").status == 204
    ticket = opened(agent)
    cloud.pump()
    assert read(agent, ticket)["priority"] == "normal" and decisions(agent, ticket) == []
    assert [one["id"] for one in admin.get("/v1/rules").body["data"]] == [off["id"]]


def test_rt01_every_kind_of_action(cloud, agent, admin):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    admin.post("/v1/fields", {"id": "cause", "label": "Cause", "type": "text"})
    macro = {
        "name": "Note",
        "visibility": "all",
        "actions": [{"type": "note", "body_html": "<p>Look at {{ticket.number}}</p>"}],
    }
    actions = [
        {"type": "set_team", "value": team},
        {"type": "set_assignee", "value": agent.me["id"]},
        {"type": "set_field", "field_id": "cause", "value": "heat"},
        {"type": "set_status", "value": "waiting"},
        {"type": "reply", "body_html": "<p>Hello {{requester.name}}</p>"},
        {"type": "macro", "macro_id": admin.post("/v1/macros", macro).body["id"]},
    ]
    rule(admin, "All of it", actions)
    ticket = opened(agent)
    cloud.pump()
    after = agent.get(f"/v1/tickets/{ticket['id']}?include=messages").body
    assert (after["team_id"], after["assignee_id"], after["fields"]) == (team, agent.me["id"], {"cause": "heat"})
    assert after["status"]["id"] == "waiting" and after["first_response_at"] is None, "a machine's answer is none"
    words = {one["kind"]: one["body_text"].strip() for one in after["messages"]}
    assert (words["reply"], words["note"]) == ("Hello Carla", f"Look at {ticket['number']}")
    mails = [message_from_bytes(raw, policy=policy.default) for _, raw in cloud.sent()]
    (mail,) = [one for one in mails if "Hello Carla" in one.get_body(("plain",)).get_content()]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_ad11_what_a_rule_cannot_do_is_told_at_its_place(admin):
    asked = {
        "name": "x",
        "on": ["ticket.created"],
        "when": "team:nowhere within:never fields.nothing:1",
        "zone": "Mars/Olympus",
        "then": [
            {"type": "set_team", "value": "nowhere"},
            {"type": "set_assignee", "value": "me"},
            {"type": "set_assignee", "value": "nobody"},
            {"type": "reply", "template_id": "none"},
            {"type": "macro", "macro_id": "none"},
            {"type": "webhook", "webhook_id": "none"},
            {"type": "set_field", "field_id": "nothing", "value": 1},
        ],
    }
    answer = admin.post("/v1/rules", asked)
    assert answer.status == 422
    places = {one["pointer"] for one in answer.body["errors"]}
    assert {"/when", "/zone", "/then/0/value", "/then/1/value", "/then/2/value", "/then/3/template_id"} <= places
    assert {"/then/4/macro_id", "/then/5/webhook_id", "/then/6/field_id"} <= places
    for when, place in (("hour:", "/when#5"), ("charger", "/when"), ("actor:cat", "/when#0"), ("assignee:me", "/when")):
        answer = admin.post("/v1/rules", asked | {"when": when, "zone": "UTC", "then": [URGENT]})
        assert answer.status in (400, 422) and answer.body["errors"][0]["pointer"] == place, answer.body
    timed = asked | {"on": ["time"], "when": "was.priority:low", "zone": "UTC", "then": [URGENT]}
    assert admin.post("/v1/rules", timed).body["errors"][0]["code"] == "not_here"
    both = timed | {"on": ["time", "ticket.created"], "when": ""}
    assert admin.post("/v1/rules", both).body["errors"][0]["pointer"] == "/on"
    assert admin.get("/v1/tickets?filter=actor:agent").body["errors"][0]["code"] == "unknown_field"


def test_rt01_a_thousand_nodes_are_refused_where_they_are(admin):
    term = {"field": "tag", "op": "is", "value": "x"}
    wide, deep, long = {"any": [term] * 1000}, "tag:x -(" * 10 + "tag:x" + ")" * 10, " or ".join(["tag:x"] * 51)
    for when, code in ((wide, "too_many_terms"), (deep, "too_deep"), (long, "too_many_terms")):
        answer = admin.post("/v1/rules", {"name": "x", "on": ["ticket.created"], "when": when, "then": [URGENT]})
        assert answer.status == 400 and answer.body["errors"][0]["code"] == code
        assert answer.body["errors"][0]["pointer"].startswith("/when")


def test_rt02_a_rule_that_names_what_is_gone_is_broken_and_harms_no_other(cloud, agent, admin):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    asks = rule(admin, "Asks", [URGENT], when=f"-team:{team}")
    sets = rule(admin, "Sets", [{"type": "set_team", "value": team}])
    rule(admin, "Whole", [tags("whole")])
    assert admin.delete(f"/v1/teams/{team}").status == 204
    archived = {one["name"]: one["broken"] for one in admin.get("/v1/rules").body["data"]}
    assert archived["Asks"] is None and archived["Sets"], "tickets keep an archived team, but nothing new comes to it"
    boto3.resource("dynamodb").Table("Settings").delete_item(Key={"pk": "acme#team", "sk": team})
    cache.forget()
    shown = {one["name"]: one["broken"] for one in admin.get("/v1/rules").body["data"]}
    assert shown["Whole"] is None and f"there is no team {team}" in shown["Asks"] and shown["Sets"]
    ticket = opened(agent)
    cloud.pump()
    assert (read(agent, ticket)["tags"], read(agent, ticket)["priority"]) == (["whole"], "normal")
    (why,) = decisions(agent, ticket, "Asks")
    assert (why["outcome"], why["because"]) == ("failed", "broken")
    assert why["detail"].startswith("cannot be evaluated: ")
    assert counted(admin, asks)["last_error"] == why["detail"] and counted(admin, sets)["last_error"]
    assert admin.patch(f"/v1/rules/{asks['id']}", {"enabled": False}).status == 200, "it can be switched off"


def test_rt02_what_cannot_be_done_is_told_and_nothing_of_it_is_done(cloud, agent, admin):
    made = rule(admin, "Renews", [URGENT, {"type": "set_status", "value": "new"}], "ticket.status_changed")
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    cloud.pump()
    (why,) = decisions(agent, ticket)
    assert why["outcome"] == "failed" and "cannot become new" in why["detail"]
    assert read(agent, ticket)["priority"] == "normal" and events(agent, ticket) == []
    assert counted(admin, made)["last_error"] == why["detail"] and counted(admin, made)["hits"] == 0


def test_rt02_a_webhook_that_a_rule_names_is_told(cloud, agent, admin, receiver):
    named = hook(admin, receiver, events=["note.added"])["id"]
    hook(admin, receiver, events=["note.added"])
    rule(admin, "Tells", [{"type": "webhook", "webhook_id": named}])
    ticket = opened(agent)
    cloud.pump()
    (event,) = events(agent, ticket)
    assert (event["type"], event["data"]["webhook_ids"]) == ("ticket.rule_applied", [named])
    assert types(receiver) == ["ticket.rule_applied"], "one of the two is told, of this alone"


def test_rt01_a_field_that_a_colleague_may_not_see_is_not_told_by_a_decision(cloud, agent, admin):
    admin.post("/v1/fields", {"id": "margin", "label": "Margin", "type": "text", "visible_to": ["admin"]})
    rule(admin, "Secret", [URGENT], when="fields.margin:high")
    ticket = opened(agent)
    cloud.pump()
    (mine,), (his,) = decisions(agent, ticket), decisions(admin, ticket)
    assert (mine["comparison"], his["comparison"]) == (None, "fields.margin:high")
    assert "margin" not in str(mine)


def test_ad11_agents_read_decisions_but_not_change_rules(cloud, agent, customer, admin):
    made = rule(admin, "x", [URGENT])
    assert agent.patch(f"/v1/rules/{made['id']}", {"name": "y"}).status == 403
    assert agent.post("/v1/rules", {"name": "x", "on": ["ticket.created"], "then": [URGENT]}).status == 403
    ticket = opened(agent)
    assert customer.get(f"/v1/tickets/{ticket['id']}/decisions").status in (401, 403, 404)
    stale = admin.patch(f"/v1/rules/{made['id']}", {"name": "y"}, If_Match='"99"')
    assert stale.status == 412


def test_rt02_what_a_rule_did_is_undone_like_any_command(cloud, agent, admin):
    rule(admin, "Charger", [URGENT, tags("hardware")], when="subject:charger")
    ticket = opened(agent)
    cloud.pump()
    command = events(agent, ticket)[0]["correlation_id"]
    assert agent.post(f"/v1/tickets/{ticket['id']}/undo", {"correlation_id": command}).status == 200
    after = read(agent, ticket)
    assert (after["priority"], after["tags"]) == ("normal", [])


def test_rt02_a_purge_takes_the_decisions_with_it(cloud, agent, admin):
    rule(admin, "Charger", [URGENT], when="subject:charger")
    ticket = opened(agent)
    cloud.pump()
    assert decisions(agent, ticket)
    assert admin.put(f"/v1/tickets/{ticket['id']}/trash").status == 200
    cloud.pump()
    assert admin.delete(f"/v1/tickets/{ticket['id']}").status == 204
    cloud.pump(30)
    rows = boto3.client("dynamodb").scan(TableName="Deliveries")["Items"]
    assert not [row for row in rows if ticket["id"] in row["pk"]["S"] and "DECISIONS" in row["pk"]["S"]]
