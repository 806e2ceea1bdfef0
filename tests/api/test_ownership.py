"""API-10, part 3 items 24-27: who may not see a thing gets 404 for it on every route, and nothing is written."""

from __future__ import annotations

import json
import re
from typing import Any

import boto3
import pytest

from helpdesk.access.roles import BUILT_IN
from helpdesk.web.catalogue import apis
from tests.api.notices import Browser, settle
from tests.api.test_visibility import limited
from tests.api.test_webhooks import hook
from tests.callers import NEW_TICKET, Caller, contact, staff
from tests.examples import example
from tests.inbound import a_mail, receive
from tests.oauth import CALLBACK, approved, exchanged

KEPT = ("Tickets", "People", "Settings", "Deliveries", "Idempotency")
WORD = "Turmalinsand"
LABEL = {"label": "taken over"}
BODIES: dict[str, Any] = {
    "NewLink": {"kind": "related", "ticket_id": "{own}"},
    "Merge": {"into": "{own}", "allow_other_requester": True},
    "Split": {"message_ids": ["{message_id}"], "subject": "x"},
    "NewSideMessage": {"body_text": "x"},
    "UndoWish": {"event_id": "{event_id}"},
    "Restoration": {"as_of": "{created_at}"},
    "TicketChange": {"subject": "taken over"},
    "NewMessage": {"kind": "note", "body_text": "x"},
    "PersonChange": {"name": "taken over"},
    "NewEmail": {"email": "more@customer.test"},
    "CompanyChange": {"name": "taken over"},
    "KeyChange": {"name": "taken over"},
    "TeamBody": {"name": "taken over"},
    "MacroChange": {"name": "taken over"},
    "TemplateChange": {"name": "taken over"},
    "RenderingWish": {"ticket_id": "{ticket_id}"},
    "WebhookChanges": {"description": "taken over"},
    "Replay": {"from": "{created_at}"},
    "TagChange": {"description": "taken over"},
} | dict.fromkeys(
    ("RoleChange", "StatusChange", "PriorityChange", "TopicChange", "CustomFieldChange", "FormChange", "ViewChange"),
    LABEL,
)
"""Valid bodies; for others those of docs/examples, which name no things."""
WORDS = "/v1/tags/{tag_id}"  # a tag is a word that every desk may use, not a thing of somebody's
TICKETS = re.compile(r"/v1/(tickets/{|attachments/{|events/{|templates/{template_id}/rendering)")


@pytest.fixture
def things(cloud, admin, agent, receiver) -> dict[str, str]:
    """One of everything, of acme; by the names that paths have for their ids."""

    def made(path: str, body: Any, name: str = "id") -> str:
        reply = admin.post(path, body)
        assert reply.status < 300, (path, reply.body)
        return str(reply.body[name])

    found = {"webhook_id": hook(admin, receiver)["id"]}
    mail = a_mail(f"{WORD} stops", f"{WORD} words")
    mail.add_attachment(b"a file", maintype="text", subtype="plain", filename="a.txt")
    row = receive(mail)
    found |= {"ticket_id": row["ticket_id"], "mail_id": row["id"]}
    path = f"/v1/tickets/{row['ticket_id']}"
    admin.patch(path, {"tags": {"add": [WORD.lower()]}})
    found["other_id"] = made("/v1/tickets", NEW_TICKET | {"subject": f"{WORD} other"})
    assert admin.post(f"{path}/links", {"kind": "related", "ticket_id": found["other_id"]}).status < 300
    found["kind"] = "related"
    side = {"subject": "x", "to": ["a@supplier.test"], "body_text": WORD}
    found["side_id"] = made(f"{path}/side-conversations", side)
    assert admin.post(f"{path}/participants", {"role": "cc", "email": "cc@customer.test"}).status < 300
    found["participant_id"] = admin.get(f"{path}/participants").body["data"][-1]["id"]
    (message,) = [one for one in admin.get(f"{path}/messages").body["data"] if one["kind"] == "customer"]
    found |= {"message_id": message["id"], "attachment_id": message["attachments"][0]["id"]}
    found["person_id"] = found["actor"] = admin.get(path).body["requester"]["id"]
    found["email"] = "second@customer.test"
    made(f"/v1/people/{found['person_id']}/emails", {"email": found["email"]})
    found["company_id"] = made("/v1/companies", {"name": f"{WORD} Ltd", "domains": ["turmalin.test"]})
    found["role_id"] = made("/v1/roles", {"label": "x", "permissions": ["tickets:read"], "sees": ["all"]})
    found["key_id"] = made("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]})
    app = {"name": "CRM", "redirect_uris": [CALLBACK], "scopes": ["tickets:read", "settings:write"]}
    found["app_id"] = made("/v1/apps", app)
    assert exchanged({"id": found["app_id"]}, approved(agent, {"id": found["app_id"]})).status == 200
    found["grant_id"] = agent.get("/v1/grants").body["data"][0]["id"]
    browser = Browser()
    found["subscription_id"] = agent.post("/v1/notifications/push-subscriptions", browser.subscription()).body["id"]
    browser.stop()
    found["session_id"] = agent.get("/v1/sessions").body["data"][0]["id"]
    found["team_id"] = made("/v1/teams", {"name": "Hardware"})
    for kind, body in (("statuses", "NewStatus"), ("priorities", "NewPriority"), ("tags", "NewTag")):
        given = {
            "NewStatus": {"id": "parked", "label": "Parked", "category": "waiting", "next": ["open"]},
            "NewPriority": {"id": "vital", "label": "Vital"},
            "NewTag": {"id": "owned"},
        }[body]
        found[{"statuses": "status_id", "priorities": "priority_id", "tags": "tag_id"}[kind]] = made(
            f"/v1/{kind}", given
        )
    found["field_id"] = made("/v1/fields", {"id": "site", "label": "Site", "type": "text"})
    found["form_id"] = made("/v1/forms", {"label": "Form", "field_ids": ["site"]})
    ending = {"name": "x", "category": "waiting", "close_after_hours": 24, "to": "solved"}
    found |= {"closing_rule_id": made("/v1/closing-rules", ending), "timer": "close"}
    on_call = {"person_id": admin.me["id"], "zone": "UTC", "hours": {"sun": [["10:00", "12:00"]]}, "note": WORD}
    away = {"person_id": admin.me["id"], "from": "2026-12-24", "until": "2026-12-27", "note": WORD}
    found |= {"shift_id": made("/v1/shifts", on_call), "leave_id": made("/v1/leaves", away)}
    found["calendar_id"] = made("/v1/calendars", {"name": "x", "zone": "UTC", "hours": {"mon": [["09:00", "17:00"]]}})
    found["sla_policy_id"] = made("/v1/sla-policies", {"name": "x", "targets": {"resolution": {"normal": 60}}})
    found["rule_id"] = made(
        "/v1/rules", {"name": "x", "on": ["note.added"], "then": [{"type": "add_tags", "tags": ["x"]}]}
    )
    found["mailbox_id"] = made("/v1/mailboxes", {"address": "second@acme.test"})
    found["sender_rule_id"] = made("/v1/sender-rules", {"pattern": "@spam.test", "verdict": "blocked"})
    words = {"kind": "acknowledgement", "locale": "fr", "html": "<p>x</p>", "text": "x"}
    found["mail_template_id"] = made("/v1/mail-templates", words)
    found["suppression_id"] = made("/v1/suppressions", {"address": "gone@customer.test"})
    found["topic_id"] = made("/v1/topics", {"label": "Topic", "public": True})
    words = [{"type": "note", "body_html": f"<p>{WORD}</p>"}]
    found["macro_id"] = made("/v1/macros", {"name": "x", "visibility": "all", "actions": words})
    variants = {"en": {"body_html": f"<p>{WORD}</p>"}}
    found["template_id"] = made("/v1/templates", {"name": "x", "visibility": "all", "variants": variants})
    found["view_id"] = made("/v1/views", {"label": "x", "filter": f"tag:{WORD.lower()}", "shared": "all"})
    wish = {"ids": [found["ticket_id"]], "action": {"kind": "change", "change": {"priority": "high"}}}
    found["job_id"] = made("/v1/jobs", wish)
    assert admin.post("/v1/tickets", NEW_TICKET | {"subject": WORD, "assignee_id": agent.me["id"]}).status == 201
    settle(cloud)
    found["notice_id"] = agent.get("/v1/notifications").body["data"][0]["id"]
    cloud.pump(30)
    events = admin.get("/v1/events?limit=500").body["data"]
    own = [one for one in events if one["subject"]["id"] == found["ticket_id"]]
    deliveries = admin.get(f"/v1/webhooks/{found['webhook_id']}/deliveries").body["data"]
    found |= {"number": str(own[-1]["seq"]), "event_id": own[-1]["id"], "delivery_id": deliveries[0]["id"]}
    return found | {"created_at": admin.get(path).body["created_at"]}


def filled(text: str, things: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda name: things[name[1]], text)


def calls(things: dict[str, str], door: str = "desk"):
    """`(method, path template, path, body)` of every route that names a thing."""
    for api in apis().values():
        for route in api.routes:
            if api.door != door or "{" not in route.path or route.path == WORDS:
                continue
            body = None
            if route.takes:
                name = route.takes.rpartition(":")[2]
                body = BODIES[name] if name in BODIES else example(name)
                assert body is not None, f"a valid body for {name} is needed"
                body = json.loads(re.sub(r'"{(\w+)}"', lambda one: json.dumps(things[one[1]]), json.dumps(body)))
            yield route.method, route.path, filled(route.path, things), body


def rows(org_id: str = "acme") -> dict[str, Any]:
    """Everything that an organisation has in tables, but who called when."""
    found = {}
    for table in KEPT:
        for page in boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table):
            for item in page["Items"]:
                key = f"{table} {item['pk']['S']} {item['sk']['S']}"
                if item["pk"]["S"].startswith(f"{org_id}#") and "RATE" not in key and "LIMIT" not in key:
                    found[key] = json.dumps(item, sort_keys=True, default=str)
    return found


def untouched(before: dict[str, Any]) -> list[str]:
    """What was written meanwhile; last use of sessions and turns of webhooks aside."""
    after = rows()
    changed = [key for key in before | after if before.get(key) != after.get(key)]
    return [key for key in changed if "SESSION" not in key and not re.search("#WEBHOOK#.* STATE", key)]


@pytest.fixture
def stranger(cloud, things) -> Caller:
    """The administrator of another organisation in the same tables, with a ticket of his own."""
    from helpdesk.settings.service import set_up_organisation

    set_up_organisation("other", "Other", "support@other.test")
    caller = staff("admin", "eve@other.test", org_id="other")
    things["own"] = caller.post("/v1/tickets", NEW_TICKET).body["id"]
    cloud.pump(30)
    return caller


def test_api10_what_belongs_to_another_organisation_is_not_there_on_any_route(things, stranger):
    before, wrong = rows(), []
    for method, route, path, body in calls(things):
        reply = stranger.call(method, path, body)
        if reply.status != 404 or WORD in json.dumps(reply.body):
            wrong.append((method, route, reply.status, reply.body))
    assert not wrong
    assert untouched(before) == []


def test_api10_lists_counts_search_and_feed_of_another_organisation_hold_nothing_of_ours(things, stranger):
    routes = [(api, route) for api in apis().values() for route in api.routes if api.door == "desk"]
    words = {"/v1/search": f"?q={WORD}&facets=tag,category", "/v1/search/suggest": f"?q={WORD[:5]}"}
    ours = {one for name, one in things.items() if len(one) == 26 and name != "own"}
    for _, route in routes:
        if route.method == "GET" and "{" not in route.path and route.path != "/v1/access":
            text = json.dumps(stranger.get(route.path + words.get(route.path, "")).body)
            assert WORD.lower() not in text.lower() and not [one for one in ours if one in text], route.path
    views = stranger.get("/v1/views").body["data"]
    assert {one["id"]: one["count"] for one in views}["open"] == 1
    for kind in ("tag", "requester_id", "company_id", "team_id"):
        value = {"tag": WORD.lower(), "requester_id": things["person_id"]}.get(kind) or things[kind]
        assert stranger.get(f"/v1/tickets?{kind}={value}").body["data"] == []
    access = stranger.get(f"/v1/access?actor={things['actor']}&ticket={things['ticket_id']}")
    assert access.status == 404


def test_api10_bodies_that_name_things_of_another_organisation_are_refused(things, stranger):
    before, own = rows(), f"/v1/tickets/{things['own']}"
    refused = [
        stranger.put(f"{own}/merge", {"into": things["ticket_id"]}),
        stranger.post(f"{own}/links", {"kind": "related", "ticket_id": things["ticket_id"]}),
        stranger.post(f"{own}/participants", {"role": "cc", "person_id": things["person_id"]}),
        stranger.post(f"{own}/split", {"message_ids": [things["message_id"]], "subject": "x"}),
        stranger.post(f"{own}/macros/{things['macro_id']}"),
        stranger.post(f"{own}/undo", {"event_id": things["event_id"]}),
        stranger.patch(own, {"team_id": things["team_id"]}),
        stranger.patch(own, {"status_id": things["status_id"]}),
        stranger.patch(own, {"assignee_id": things["person_id"]}),
        stranger.post(f"{own}/messages", {"kind": "note", "body_text": "x", "attachments": [things["attachment_id"]]}),
        stranger.post("/v1/tickets", NEW_TICKET | {"topic_id": things["topic_id"]}),
        stranger.post(
            "/v1/shifts", {"person_id": things["person_id"], "zone": "UTC", "hours": {"mon": [["08:00", "17:00"]]}}
        ),
        stranger.post("/v1/leaves", {"person_id": things["person_id"], "from": "2026-12-24", "until": "2026-12-24"}),
        stranger.get(f"/v1/tickets?view={things['view_id']}"),
        stranger.get("/v1/tickets?filter=fields.site:x"),
        stranger.post("/v1/jobs", {"action": {"kind": "undo", "job_id": things["job_id"]}}),
    ]
    assert [reply.status for reply in refused if reply.status not in (400, 404, 422)] == []
    assert WORD not in json.dumps([reply.body for reply in refused])
    assert untouched(before) == []


def test_api10_a_job_over_tickets_that_one_does_not_see_fails_item_by_item(cloud, things, stranger):
    before = rows()
    wish = {"ids": [things["ticket_id"], things["own"]], "action": {"kind": "change", "change": {"priority": "low"}}}
    preview = stranger.post("/v1/jobs", wish | {"preview": True}).body["sample"]
    assert [one.get("code") for one in preview] == ["not_found", None] and preview[0]["subject"] is None
    job = stranger.post("/v1/jobs", wish).body["id"]
    cloud.pump(30)
    items = stranger.get(f"/v1/jobs/{job}/items").body["data"]
    assert [(one["outcome"], one["code"]) for one in items] == [("failed", "not_found"), ("done", None)]
    assert untouched(before) == []


@pytest.fixture
def lea(cloud, admin, things) -> Caller:
    """A colleague with every right who sees the tickets of her team alone; the ticket of `things` is not among them."""
    team = admin.post("/v1/teams", {"name": "Hers"}).body["id"]
    caller = limited(admin, ["teams"], [team], rights=sorted(BUILT_IN["admin"].permissions))
    things["own"] = admin.post("/v1/tickets", NEW_TICKET | {"team_id": team}).body["id"]
    linked = {"kind": "related", "ticket_id": things["ticket_id"]}
    assert admin.post(f"/v1/tickets/{things['own']}/links", linked).status == 201
    cloud.pump(30)
    return caller


def test_part3_25_a_ticket_out_of_sight_is_not_there_on_any_route(things, lea):
    before, wrong = rows(), []
    for method, route, path, body in calls(things):
        if TICKETS.match(route):
            reply = lea.call(method, path, body)
            if reply.status != 404 or WORD in json.dumps(reply.body):
                wrong.append((method, route, reply.status, reply.body))
    assert not wrong
    assert untouched(before) == []


def test_part3_26_merging_and_linking_need_the_sight_of_both(things, lea):
    before, own, theirs = rows(), f"/v1/tickets/{things['own']}", f"/v1/tickets/{things['ticket_id']}"
    for path, other in ((own, things["ticket_id"]), (theirs, things["own"])):
        assert lea.put(f"{path}/merge", {"into": other, "allow_other_requester": True}).status in (404, 422)
        for kind in ("parent", "child", "problem", "incident", "duplicate_of", "duplicate", "related"):
            assert lea.post(f"{path}/links", {"kind": kind, "ticket_id": other}).status in (404, 422)
    note = {"kind": "note", "body_text": "x", "attachments": [things["attachment_id"]]}
    assert lea.post(f"{own}/messages", note).status == 422
    assert lea.post(f"{own}/split", {"message_ids": [things["message_id"]], "subject": "x"}).status in (404, 422)
    assert untouched(before) == []


def test_part3_24_nothing_that_lists_counts_or_completes_names_a_ticket_out_of_sight(things, lea):
    targets = [
        *("/v1/tickets", "/v1/tickets?category=active", f"/v1/tickets?tag={WORD.lower()}", "/v1/tickets?q=stops"),
        f"/v1/tickets?requester_id={things['person_id']}",
        f"/v1/tickets?view={things['view_id']}",
        f"/v1/tickets?filter=linked:{things['other_id']}",
        f"/v1/companies/{things['company_id']}/tickets",
        f"/v1/search?q={WORD}&type=tickets,messages&facets=tag,category,team_id",
        f"/v1/search/suggest?q={WORD[:5]}",
        "/v1/search/suggest?q=100",
        "/v1/events?after=0&limit=500",
        f"/v1/tickets/{things['own']}/links",
        "/v1/jobs",
    ]
    for target in targets:
        reply = lea.get(target)
        assert reply.status == 200, (target, reply.body)
        text = json.dumps([one for one in reply.body.get("data", [reply.body]) if not _of_settings(one)])
        assert WORD.lower() not in text.lower(), target
        assert things["ticket_id"] not in text or target.startswith("/v1/events"), target  # a link's id, no word
    counts = {one["id"]: one["count"] for one in lea.get("/v1/views").body["data"]}
    assert counts["open"] == 1 and counts[things["view_id"]] == 0


def _of_settings(event: dict[str, Any]) -> bool:
    """Events of settings name what their own words say, which who reads settings may."""
    return "subject" in event and isinstance(event["subject"], dict) and event["subject"]["kind"] != "ticket"


def test_api10_a_customer_sees_nothing_of_anothers_ticket(cloud, things):
    mallory = contact("mallory@elsewhere.test", "Mallory")
    before, wrong = rows(), []
    for method, route, path, body in calls(things, "portal"):
        reply = mallory.call(method, path, body)
        if reply.status != 404 or WORD in json.dumps(reply.body):
            wrong.append((method, route, reply.status, reply.body))
    assert not wrong
    assert mallory.get("/v1/portal/tickets").body["data"] == []
    assert mallory.get(f"/v1/portal/tickets?q={WORD}").body["data"] == []
    assert untouched(before) == []
