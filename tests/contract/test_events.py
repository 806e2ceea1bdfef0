"""Every file in events/ is executed, and every event that the desk emits fits its schema."""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import boto3
import pytest
from jsonschema import Draft202012Validator

from helpdesk.core import clock
from tests.api.mail.test_deliveries import bounce, tell
from tests.callers import NEW_TICKET, Caller, Reply, staff
from tests.inbound import a_mail, receive
from tests.oauth import CALLBACK, approved, exchanged
from tests.receiver import Receiver, answers

EVENTS = Path(__file__).parents[2] / "events"
FILES = sorted(EVENTS.glob("*.json"))
SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (EVENTS / "schemas").glob("*.json")}
STATUS = {"tickets.create": 201, "portal.ask_link": 202}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sample_event_is_served(cloud, admin, ticket, path):
    key = admin.post("/v1/api-keys", {"name": "x", "scopes": admin.get("/v1/me").body["permissions"]}).body["key"]
    boto3.client("s3").put_object(Bucket="mail", Key="inbound/o3vrnil0e2ic28tr", Body=a_mail().as_bytes())
    event = json.loads(path.read_text().replace("<key>", key))
    for record in event.get("Records", []):
        if "dynamodb" in record:
            boto3.client("dynamodb").put_item(TableName="Tickets", Item=record["dynamodb"]["NewImage"])
    answer = importlib.import_module(f"{path.stem.partition('.')[0]}.handler").handler(event, None)
    if path.stem == "feed_archive.daily":
        assert answer == {"archived": 0}
    elif "Records" in event:
        assert answer == {"batchItemFailures": []}
    else:
        assert answer["statusCode"] == STATUS.get(path.stem, 200), answer["body"]


def test_every_function_has_a_sample():
    template = (EVENTS.parent / "template.yaml").read_text()
    functions = set(re.findall(r"Handler: (\w+)\.handler\.handler", template))
    assert {path.stem.partition(".")[0] for path in FILES} == functions


def test_every_emitted_event_fits_its_schema(cloud, agent, admin, customer, ticket, receiver, monkeypatch):
    _do_everything(agent, admin, ticket, customer, receiver)
    _read_and_judge_mail(admin, monkeypatch)
    _relate(cloud, agent, ticket)
    _read_again()
    _let_an_app_in(admin)
    _end_by_themselves(admin, agent)
    _break_promises(admin, agent, ticket)
    _postpone(agent, customer)
    tagging = {"name": "x", "on": ["ticket.created"], "then": [{"type": "add_tags", "tags": ["seen"]}]}
    assert admin.post("/v1/rules", tagging).status == 201
    _send_again(cloud, agent)
    cloud.pump()
    _give_out(cloud, agent, admin)
    events = admin.get("/v1/events?after=0&limit=500").body["data"]
    for event in events:
        Draft202012Validator(SCHEMAS[event["type"]]).validate(event)
    assert {event["type"] for event in events} == set(SCHEMAS) - {"webhook.test"}, "webhook.test stands in no feed"


def _read_and_judge_mail(admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("helpdesk.mail.parsing.contents.LARGEST", 100)
        receive(a_mail())
    held = [receive(a_mail(), spam="FAIL")["id"] for _ in range(2)]
    assert admin.get(f"/v1/mail/{held[0]}/raw").status == 302
    assert admin.put(f"/v1/mail/{held[0]}/release").status == 200
    assert admin.delete(f"/v1/mail/{held[1]}/release?tell=1").status == 200
    suppressed = admin.post("/v1/suppressions", {"address": "x@x.test"}).body["id"]
    assert admin.delete(f"/v1/suppressions/{suppressed}").status == 200


def _read_again() -> None:
    from helpdesk.mail.receiving import ledger, reparse
    from helpdesk.tickets import message_store

    row = ledger.known("acme", receive(a_mail())["id"])
    reading = reparse.reread(row)
    assert reading and reading.before and message_store.get_message("acme", row.ticket_id or "", reading.before.id)
    reparse.take_over(replace(reading, differs=("text", "defects")))


def _let_an_app_in(admin: Caller) -> None:
    new = {"name": "CRM", "redirect_uris": [CALLBACK], "scopes": ["tickets:read", "settings:write"]}
    app = admin.post("/v1/apps", new).body
    assert exchanged(app, approved(admin, app)).status == 200
    assert admin.delete(f"/v1/grants/{admin.get('/v1/grants').body['data'][0]['id']}").status == 204
    assert staff("agent", "new@acme.test").delete("/v1/session").status == 204


def _end_by_themselves(admin: Caller, agent: Caller) -> None:
    """One ticket is reminded of, one ends, one cannot, one is kept open: three days ago all of them fell silent."""
    words = {"en": {"body_html": "<p>{{requester.phone}}</p>"}}
    template = admin.post("/v1/templates", {"name": "x", "visibility": "all", "variants": words}).body["id"]
    ending = {"name": "x", "category": "waiting", "close_after_hours": 24, "to": "solved"}
    reminding = {"remind_after_hours": 24, "template_id": template}
    rules = [ending | {"filter": "tag:end"}, ending | reminding | {"filter": "tag:fail"}, ending]
    assert all(admin.post("/v1/closing-rules", rule).status == 201 for rule in rules)
    real = clock.now
    with pytest.MonkeyPatch.context() as past:
        past.setattr("helpdesk.core.clock.now", lambda: real() - timedelta(days=3))
        opened = [agent.post("/v1/tickets", NEW_TICKET | {"tags": tags}).body for tags in (["end"], ["fail"], [])]
        paths = [f"/v1/tickets/{one['id']}" for one in opened]
        assert all(agent.patch(path, {"status_id": "waiting"}).status == 200 for path in paths)
        assert agent.delete(f"{paths[2]}/timers/close").status == 200
    tick = json.loads((EVENTS / "run_timers.tick.json").read_text())
    assert importlib.import_module("run_timers.handler").handler(tick, None) == {"batchItemFailures": []}


def _break_promises(admin: Caller, agent: Caller, ticket) -> None:
    """One open ticket gets a promise by a new policy; one that was begun an hour ago is warned of, one was late."""
    real, tick = clock.now, json.loads((EVENTS / "run_timers.tick.json").read_text())
    run = importlib.import_module("run_timers.handler").handler
    with pytest.MonkeyPatch.context() as past:
        past.setattr("helpdesk.core.clock.now", lambda: real() - timedelta(minutes=60))
        targets = {"first_response": {"normal": 70, "high": 50}}
        assert admin.post("/v1/sla-policies", {"name": "x", "targets": targets}).status == 201
        begun = [agent.post("/v1/tickets", NEW_TICKET | {"priority": one}).status for one in ("normal", "high")]
    assert begun == [201, 201]
    tick["Records"][0]["body"] = json.dumps({"kind": "repair"})
    assert run(tick, None) == {"batchItemFailures": []}


def _postpone(agent: Caller, customer: Caller) -> None:
    ticket = customer.post("/v1/portal/tickets", {"subject": "x", "body_text": "x"}).body
    wish = {"kind": "reply", "body_text": "x", "send_at": (clock.now() + timedelta(days=1)).isoformat()}
    message = agent.post(f"/v1/tickets/{ticket['id']}/messages", wish).body["id"]
    path = f"/v1/tickets/{ticket['id']}/messages/{message}/sending"
    assert agent.patch(path, {"status_id": "solved"}).status == 200
    assert customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "x"}).status == 201


def _give_out(cloud, agent: Caller, admin: Caller) -> None:
    """A ticket whose customer writes German waits for somebody, and then somebody comes."""
    wish = {"mode": "automatic", "language": "require", "only_on_shift": False}
    team = admin.post("/v1/teams", {"name": "Chargers", "routing": wish}).body["id"]
    words = {"team_id": team, "body_text": "Guten Tag, mein Ladegerät hört nach drei Minuten auf."}
    ticket = agent.post("/v1/tickets", NEW_TICKET | words).body["id"]
    cloud.pump()
    person = f"/v1/people/{agent.me['id']}"
    assert admin.patch(person, {"team_ids": [team], "languages": ["de"]}).status == 200
    cloud.pump()
    assert agent.get(f"/v1/tickets/{ticket}").body["assignee_id"] == agent.me["id"]


def _send_again(cloud, agent: Caller) -> None:
    path = f"/v1/tickets/{agent.post('/v1/tickets', NEW_TICKET).body['id']}/messages"
    message = agent.post(path, {"kind": "reply", "body_text": "x"}).body
    cloud.pump()
    tell(cloud, "Bounce", **bounce(NEW_TICKET["requester"]["email"]))
    assert agent.post(f"{path}/{message['id']}/sending").status == 200


def _relate(cloud, agent: Caller, ticket) -> None:
    path, other = f"/v1/tickets/{ticket['id']}", agent.post("/v1/tickets", NEW_TICKET).body
    messages = agent.get(f"{path}/messages").body["data"]
    company = agent.post("/v1/companies", {"name": "x"}).body["id"]
    begun = {"subject": "x", "to": ["a@supplier.test"], "body_text": "x"}
    side = f"{path}/side-conversations/{agent.post(f'{path}/side-conversations', begun).body['id']}"
    cloud.pump()
    address = message_from_bytes(cloud.sent()[-1][1], policy=default)["Reply-To"].addresses[0].addr_spec
    receive(a_mail("Re", "Yes", From="a@supplier.test"), to=[address])
    replies = [
        agent.put(f"{side}/resolution"),
        agent.delete(f"{side}/resolution"),
        agent.post(f"{path}/participants", {"role": "follower"}),
        agent.post(f"{path}/links", {"kind": "related", "ticket_id": other["id"]}),
        agent.delete(f"{path}/links/related/{other['id']}"),
        agent.post(f"{path}/split", {"message_ids": [messages[0]["id"]], "subject": "x"}),
        agent.call("PUT", f"{path}/merge", {"into": other["id"]}),
        agent.delete(f"{path}/merge"),
        agent.patch(path, {"requester": {"email": "new@customer.test"}}),
        agent.patch(f"/v1/people/{ticket['requester']['id']}", {"name": "Renamed"}),
        agent.patch(f"/v1/companies/{company}", {"name": "Renamed"}),
        agent.delete(f"/v1/companies/{company}"),
    ]
    assert all(reply.status < 300 for reply in replies), [reply.body for reply in replies]


def _do_everything(agent: Caller, admin: Caller, ticket, customer: Caller, receiver: Receiver) -> None:
    path = f"/v1/tickets/{ticket['id']}"
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    topic = admin.post("/v1/topics", {"label": "Chargers"}).body["id"]
    admin.post("/v1/fields", {"id": "site", "label": "Site", "type": "text"})
    macro = admin.post("/v1/macros", {"name": "x", "actions": [{"type": "add_tags", "tags": ["y"]}]}).body["id"]
    changes = {
        "assignee_id": agent.me["id"],
        "team_id": team,
        "priority": "high",
        "subject": "Other",
        "fields": {"site": "B"},
        "tags": {"add": ["x"]},
        "topic_id": topic,
        "type": "incident",
    }
    receiver.script = answers(410)  # so that its webhook is paused
    replies = [
        admin.post("/v1/webhooks", {"url": receiver.url, "events": ["*"]}),
        agent.patch(path, changes),
        admin.post(f"{path}/macros/{macro}"),
        agent.post(f"{path}/messages", {"kind": "note", "body_text": "x"}),
        agent.post(f"{path}/messages", {"kind": "reply", "body_text": "x", "cc": ["friend@customer.test"]}),
        customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "x"}),
        agent.put(f"{path}/resolution"),
        admin.patch(f"/v1/teams/{team}", {"name": "Software"}),
        admin.delete(f"/v1/teams/{team}"),
        admin.delete(f"/v1/macros/{macro}"),
    ]
    replies += _take_things_back(agent, admin, path)
    assert all(reply.status < 300 for reply in replies), [reply.body for reply in replies]


def _take_things_back(agent: Caller, admin: Caller, path: str) -> list[Reply]:
    """Snooze, held replies, trash and purge, and a job of each end."""
    held = {"kind": "reply", "body_text": "x", "undo_seconds": 60}
    other = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    jobs = [admin.post("/v1/jobs", {"ids": [other], "action": {"kind": "solve"}}) for _ in range(2)]
    replies = [
        *jobs,
        admin.delete(f"/v1/jobs/{jobs[0].body['id']}"),
        agent.delete(f"{path}/resolution"),
        agent.call("PUT", f"{path}/snooze", {"on_reply": True}),
        agent.delete(f"{path}/snooze"),
        agent.delete(f"{path}/messages/{agent.post(f'{path}/messages', held).body['id']}/sending"),
        admin.put(f"{path}/trash"),
        admin.delete(f"{path}/trash"),
    ]
    gone = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    replies += [admin.put(f"/v1/tickets/{gone}/trash"), admin.delete(f"/v1/tickets/{gone}")]
    from helpdesk.access.actor import cause_of, system
    from helpdesk.jobs import service

    actor, wish = system("acme"), {"action": {"kind": "undo", "actor_id": "x", "from": "2026", "to": "2027"}}
    broken = service.start(actor, cause_of(actor, "system"), wish | {"filter": {"category": "new"}})
    store = boto3.client("dynamodb")
    key = {"pk": {"S": f"acme#JOB#{broken.id}"}, "sk": {"S": "JOB"}}
    bad = {":bad": {"M": {"category": {"S": "none"}}}}
    store.update_item(
        TableName="Deliveries",
        Key=key,
        UpdateExpression="SET #filter = :bad",
        ExpressionAttributeNames={"#filter": "filter"},
        ExpressionAttributeValues=bad,
    )
    return replies
