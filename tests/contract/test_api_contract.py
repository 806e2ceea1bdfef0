"""What holds for every route: a permission, a meaning, a model, a place in the description, and the answer's shape."""

from __future__ import annotations

import importlib
import json

import pytest

from helpdesk.access.roles import PERMISSIONS
from helpdesk.web.answers import shape
from helpdesk.web.api import PUBLIC, SIGNED_IN
from helpdesk.web.bodies import model_of
from helpdesk.web.catalogue import routes
from infra.openapi import TARGET, document
from tests import examples, ses
from tests.api.notices import Browser, settle
from tests.callers import NEW_TICKET, Caller, staff
from tests.inbound import a_mail, receive
from tests.oauth import CALLBACK, approved, asked, exchanged

ROUTES = routes()
IDS = [f"{route.method} {route.path}" for route in ROUTES]
_OPEN = {
    "GET /v1/health",
    "POST /v1/session",
    "POST /v1/session/challenge",
    "POST /v1/password-reset",
    "POST /v1/password-reset/confirmation",
    "POST /v1/oauth/token",
    "POST /v1/oauth/revocation",
    "POST /v1/portal/sign-in-links",
    "POST /v1/portal/session",
    "GET /v1/portal/brand",
}
MACRO = {"name": "x", "actions": [{"type": "set_priority", "value": "high"}, {"type": "note", "body_html": "<p>x</p>"}]}
MAILBOX = {"address": "sales@acme.test", "aliases": ["orders@acme.test"], "name": "Acme Sales", "locale": "de"}
RULE = {"pattern": "@spam.test", "verdict": "blocked", "note": "seen twice"}
POLICY = {
    "closed_ticket_days": 30,
    "foreign_references": [{"sender": "@tracker.test", "pattern": "INC\\d{7}"}],
    "monitors": [{"sender": "nagios@monitor.test"}],
}
NEW_ROLE = {"label": "Tier 1", "permissions": ["tickets:read", "events:read"], "sees": ["teams", "assigned"]}
UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_every_route_names_its_permission_and_meaning(route):
    assert route.needs in {PUBLIC, SIGNED_IN, *PERMISSIONS}
    assert (route.serve.__doc__ or "").endswith(".")
    assert not route.takes or model_of(route.takes).__doc__
    assert not route.gives or shape(route.gives.rpartition(":")[2])


def test_only_these_routes_are_open_to_anybody():
    assert {name for name, route in zip(IDS, ROUTES, strict=True) if route.needs == PUBLIC} == _OPEN


def test_api03_the_description_is_the_committed_one():
    assert json.loads(TARGET.read_text()) == document(), "run `make openapi` and commit docs/openapi.json"


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_every_body_and_answer_has_an_example_that_fits(route):
    """See tests/examples.py for how they are recorded."""
    models = {name.rpartition(":")[2]: model for name, model in ((route.takes, model_of), (route.gives, None)) if name}
    for name, model in models.items():
        shown = examples.example(name)
        assert shown is not None, f"record docs/examples/{name}.json"
        (model(route.takes) if model else shape(name)).model_validate(shown)


def test_answers_have_the_described_shape(cloud, admin, agent, customer, ticket, receiver):
    held, related = receive(a_mail(), spam="FAIL"), _relations(agent, ticket, customer)
    webhook = admin.post("/v1/webhooks", {"url": receiver.url, "events": ["*"]}).body
    file = agent.post("/v1/attachments", {"filename": "a.txt", "size": 1}).body
    path = f"/v1/tickets/{ticket['id']}"
    note = agent.post(f"{path}/messages", {"kind": "note", "body_text": "x"}).body
    field = {"id": "site", "label": "Site", "type": "text", "visible_to": ["staff", "customer"]}
    field = admin.post("/v1/fields", field | {"required_when": {"all": []}, "validation": {"max_length": 9}}).body
    form = admin.post("/v1/forms", {"label": "Usual", "field_ids": ["site"], "default": True}).body
    topic = admin.post("/v1/topics", {"label": "Chargers", "public": True}).body
    macro = admin.post("/v1/macros", MACRO | {"visibility": "all"}).body
    words = {"en": {"subject": "Hello", "body_html": "<p>{{requester.phone}}</p>"}}
    template = admin.post("/v1/templates", {"name": "x", "variants": words}).body
    rendering = admin.post(f"/v1/templates/{template['id']}/rendering", {"ticket_id": ticket["id"]}).body
    shown = {
        "CustomField": [field, *agent.get("/v1/fields").body["data"]],
        "Form": [form, *agent.get("/v1/forms").body["data"]],
        **_ending_by_itself(admin, agent),
        **_coverage(admin, agent),
        **_numbers(admin, agent),
        **_ruled(admin, agent),
        **_routed(admin, agent),
        **_notices(cloud, admin, agent, ticket),
        **_given_out(admin, agent),
        **_imported(admin, agent),
        "Topic": [topic, *agent.get("/v1/topics").body["data"]],
        "PortalTopic": customer.get("/v1/portal/topics").body["data"],
        "PortalField": customer.get("/v1/portal/form").body["data"],
        "Macro": [macro, *agent.get("/v1/macros").body["data"]],
        "MacroPreview": [agent.post(f"{path}/macros/{macro['id']}/preview").body],
        "Template": [template, *admin.get("/v1/templates").body["data"]],
        "Rendering": [rendering],
        "TemplateVariable": agent.get("/v1/template-variables").body["data"],
        "TicketDetail": [ticket, agent.get(f"{path}?include=messages,events").body],
        "Ticket": agent.get("/v1/tickets?category=new").body["data"],
        "Message": [note, *agent.get(f"{path}/messages").body["data"]],
        "Upload": [file],
        "KeptView": [admin.post("/v1/views", {"label": "x", "filter": "tag:vip", "shared": "all"}).body],
        "View": agent.get("/v1/views").body["data"],
        "Person": [agent.get(f"/v1/people/{agent.me['id']}").body, *agent.get("/v1/people").body["data"]],
        "Me": [agent.get("/v1/me").body, customer.get("/v1/portal/me").body],
        "Session": agent.get("/v1/sessions").body["data"],
        "Status": agent.get("/v1/statuses").body["data"],
        "Priority": agent.get("/v1/priorities").body["data"],
        "OrganisationSettings": [
            agent.get("/v1/organisation").body,
            admin.patch("/v1/organisation", {"name": "Acme"}).body,
        ],
        "Team": [admin.post("/v1/teams", {"name": "x"}).body, *agent.get("/v1/teams").body["data"]],
        "NewApiKey": [admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]}).body],
        "ApiKey": admin.get("/v1/api-keys").body["data"],
        "Role": [admin.post("/v1/roles", NEW_ROLE).body, *agent.get("/v1/roles").body["data"]],
        "Access": [admin.get(f"/v1/access?actor={agent.me['id']}&ticket={ticket['number']}").body],
        "ReceivedMail": [held, *admin.get("/v1/mail").body["data"]],
        "ReceivedMailDetail": [admin.get(f"/v1/mail/{held['id']}").body],
        "Mailbox": [admin.post("/v1/mailboxes", MAILBOX).body, *agent.get("/v1/mailboxes").body["data"]],
        "SenderRule": [admin.post("/v1/sender-rules", RULE).body, *admin.get("/v1/sender-rules").body["data"]],
        "MailPolicy": [admin.patch("/v1/mail-policy", POLICY).body, agent.get("/v1/mail-policy").body],
        **related,
        "Health": [Caller().get("/v1/health").body],
        "Brand": [Caller().get("/v1/portal/brand").body],
        "PortalTicket": customer.get("/v1/portal/tickets").body["data"],
        "PortalTicketDetail": [customer.get(f"/v1/portal/tickets/{ticket['id']}").body],
        "PortalMessage": [customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "x"}).body],
    }
    shown |= _outgoing(admin)
    cloud.pump()
    agent.patch(path, {"tags": {"add": ["vip"]}})
    cloud.pump()
    found = agent.get("/v1/search?q=charger&type=tickets,messages&facets=tag").body
    shown |= {"SearchPage": [found, agent.get("/v1/search?q=carla&type=people,tickets").body]}
    shown |= {"Suggestions": [agent.get("/v1/search/suggest?q=c").body]}
    shown |= {"Event": agent.get("/v1/events?after=0").body["data"], "Tag": agent.get("/v1/tags").body["data"]}
    job = agent.post("/v1/jobs", {"ids": [ticket["id"], UNKNOWN], "action": {"kind": "solve"}})
    preview = agent.post("/v1/jobs", {"ids": [ticket["id"]], "action": {"kind": "reopen"}, "preview": True})
    cloud.pump(30)
    assert job.status == 202, job.body
    ended = agent.get(f"/v1/jobs/{job.body['id']}").body
    shown |= {"Job": [job.body, ended], "JobItem": agent.get(f"/v1/jobs/{ended['id']}/items").body["data"]}
    shown |= {"JobPreview": [preview.body], "Message": [*shown["Message"], *agent.get(f"{path}/messages").body["data"]]}
    restored = agent.post(f"{path}/restoration?preview=true", {"as_of": ticket["created_at"]}).body
    shown["TicketDetail"] += [restored, agent.get(f"{path}?include=times&as_of={ended['created_at']}").body]
    path = f"/v1/webhooks/{webhook['id']}"
    sent = admin.get(f"{path}/deliveries").body["data"]
    shown |= {
        "NewWebhook": [webhook, admin.post(f"{path}/secret").body],
        "Webhook": [admin.get(path).body, *admin.get("/v1/webhooks").body["data"]],
        "WebhookDelivery": sent,
        "WebhookDeliveryDetail": [admin.get(f"{path}/deliveries/{one['id']}").body for one in sent],
        "WebhookTest": [admin.post(f"{path}/test").body],
        "WebhookReplay": [admin.post(f"{path}/replay", {"delivery_ids": [sent[0]["id"]]}).body],
        "EventType": agent.get("/v1/event-types").body["data"],
    }
    shown |= _apps(admin)
    shown |= _promised(admin)
    shown["AuditEntry"] = admin.get("/v1/audit").body["data"]
    for name, bodies in shown.items():
        assert bodies, name
        examples.record(name, bodies[0])
        for body in bodies:
            shape(name).model_validate(body)
    given = {route.gives.rpartition(":")[2] for route in ROUTES if route.gives}
    assert given <= set(shown)


def _outgoing(admin):
    path, words = "/v1/mail-templates", {"html": "<p>Hello {{ name }}, {{ org }} has your mail.</p>"}
    trial = {"kind": "acknowledgement", "locale": "en", **words}
    made = admin.post(path, trial | {"locale": "fr", "text": "Bonjour {{ name }}"}).body
    changed = admin.patch(f"{path}/acknowledgement-en", words).body
    suppressed = admin.post("/v1/suppressions", {"address": "gone@customer.test", "detail": "He asked us to"}).body
    with ses.knowing_acme():
        domains = admin.get("/v1/mail-domains").body
    return {
        "MailTemplate": [made, changed, *admin.get(path).body["data"]],
        "MailTemplatePreview": [admin.post(f"{path}/preview", trial).body],
        "SentTest": [admin.post(f"{path}/test", trial).body],
        "MailTemplateKind": admin.get("/v1/mail-template-kinds").body["data"],
        "Suppression": [suppressed, *admin.get("/v1/suppressions").body["data"]],
        "MailDomains": [domains],
    }


def _ending_by_itself(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    rule = {"name": "Silent customers", "category": "waiting", "close_after_hours": 72, "to": "solved"}
    made = admin.post("/v1/closing-rules", rule | {"filter": "-tag:vip"}).body
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"fields": {"site": "B"}}).body
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"status_id": "waiting"})
    shown = [made, admin.patch(f"/v1/closing-rules/{made['id']}", {"close_after_hours": 48}).body]
    return {"ClosingRule": shown, "Timer": agent.get(f"{path}/timers").body["data"]}


def _numbers(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    from helpdesk.numbers.counting import catch_up

    catch_up("acme")
    return {
        "Numbers": [admin.get(f"/v1/numbers?of={of}").body for of in ("desk", "agent", "team", "policy", "me")],
        "Wallboard": [who.get("/v1/wallboard").body for who in (admin, agent)],
    }


def _imported(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    file = {"csv": f"email,skills,capacity,Unit\n{agent.me['email']},Soldering:3; Billing,12,7\n"}
    tried = admin.post("/v1/imports/people?dry_run=1", file).body
    teams = admin.post("/v1/imports/teams", {"csv": "name,parent\nDepot,Spare parts\nSpare parts,\n"}).body
    wrong = admin.post("/v1/imports/people?dry_run=1", {"csv": "email,capacity\nnobody,many\n"}).body
    view = agent.post("/v1/views", {"label": "Big customers", "filter": "tag:vip"}).body
    path = "/v1/notifications/following"
    followed = agent.put(f"{path}/{view['id']}").body
    return {
        "ImportReport": [tried, teams, wrong],
        "Csv": [admin.get("/v1/imports/people?sample=1").body, admin.get("/v1/imports/teams").body],
        "FollowedView": [followed, *agent.get(path).body["data"]],
    }


def _given_out(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    from helpdesk.routing.service import Call, route

    wish = {"mode": "automatic", "language": "prefer", "requires": [{"skill": "Electrics", "level": 3}]}
    made = admin.post("/v1/teams", {"name": "Chargers", "focus": "Whatever has a plug", "routing": wish}).body
    team = admin.patch(f"/v1/teams/{made['id']}", {"routing": {"only_on_shift": False, "relax_minutes": 15}}).body
    opened = agent.post("/v1/tickets", NEW_TICKET | {"fields": {"site": "B"}}).body["id"]
    ticket, person = f"/v1/tickets/{opened}", f"/v1/people/{agent.me['id']}"
    agent.patch(ticket, {"team_id": team["id"]})
    route("acme", opened, Call("changed"))
    waiting = agent.get(f"{ticket}/routing").body
    skills = {"skills": [{"skill": "Electrics", "level": 4}], "languages": ["en"], "capacity": 12}
    able = admin.patch(person, skills | {"team_ids": [team["id"]], "primary_team_id": team["id"]}).body
    away = agent.put(f"{person}/availability", {"state": "away", "reassign": True}).body
    back = agent.put(f"{person}/availability", {"state": "available"}).body
    route("acme", opened, Call("freed"))
    told = agent.get(f"{ticket}/routing").body
    assert told["decision"]["chosen"] == agent.me["id"]
    return {"Team": [team, made], "Person": [able, away, back], "RoutingReason": [told, waiting]}


def _coverage(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    who, hours = {"person_id": agent.me["id"]}, {day: [["00:00", "24:00"]] for day in ("sat", "sun", "mon")}
    shift = admin.post("/v1/shifts", who | {"zone": "Europe/Berlin", "hours": hours, "from": "2026-11-01"}).body
    leave = admin.post("/v1/leaves", who | {"from": "2026-11-23", "until": "2026-11-23", "reason": "sick"}).body
    days = ("2026-11-22", "2026-11-23")
    return {
        "Shift": [shift, admin.patch(f"/v1/shifts/{shift['id']}", {"until": "2027-03-31"}).body],
        "Leave": [leave, admin.patch(f"/v1/leaves/{leave['id']}", {"note": "back on Tuesday"}).body],
        "Coverage": [agent.get(f"/v1/coverage?at={day}T10:00:00Z").body for day in days],
        "CoverageWeek": [agent.get(f"/v1/coverage/week?from={day}&zone=Europe/Berlin").body for day in days],
    }


def _ruled(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    """One rule that has acted, and a draft of another."""
    tags, late = {"type": "add_tags", "tags": ["hardware"]}, {"type": "set_status", "value": "new"}
    body = {"name": "Chargers", "on": ["ticket.created"], "when": "subject:charger -tag:spam", "then": [tags]}
    made = [admin.post("/v1/rules", body | more).body for more in ({}, {"name": "VIPs", "when": "tag:vip"})]
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"fields": {"site": "B"}}).body
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    event = {"detail": {"org_id": "acme", "subject": {"kind": "ticket", "id": ticket["id"]}, "version": 1}}
    importlib.import_module("run_rules.handler").handler(
        {"Records": [{"messageId": "1", "body": json.dumps(event)}]}, None
    )
    drafts = [body | {"then": [{"type": "set_priority", "value": "high"}]}]
    drafts.append(body | {"on": ["ticket.status_changed"], "when": "", "then": [late]})
    changed = admin.patch(f"/v1/rules/{made[0]['id']}", {"stop": True}).body
    for one in made:
        admin.patch(f"/v1/rules/{one['id']}", {"enabled": False})
    return {
        "Rule": [*made, changed, *admin.get("/v1/rules").body["data"]],
        "Decision": agent.get(f"/v1/tickets/{ticket['id']}/decisions").body["data"],
        "RuleSimulation": [admin.post("/v1/simulations/rule", {"rule": draft}).body for draft in drafts],
    }


def _routed(admin: Caller, agent: Caller) -> dict[str, list[dict]]:
    """A draft for a team whose tickets are given out by hand, with somebody who could have taken one."""
    team = admin.post("/v1/teams", {"name": "Repairs"}).body["id"]
    able = staff("agent", "repair@acme.test").me["id"]
    admin.patch(f"/v1/people/{able}", {"team_ids": [team]})
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"team_id": team, "fields": {"site": "B"}}).body["id"]
    draft = {"id": team, "routing": {"mode": "automatic", "only_on_shift": False}}
    told = admin.post("/v1/simulations/routing", draft).body
    agent.put(f"/v1/tickets/{ticket}/resolution")
    return {"RoutingSimulation": [told]}


def _notices(cloud, admin: Caller, agent: Caller, ticket: dict) -> dict[str, list[dict]]:
    browser, path = Browser(), "/v1/notifications"
    device = agent.post(f"{path}/push-subscriptions", browser.subscription()).body
    browser.stop()
    assert agent.delete(f"{path}/push-subscriptions/{device['id']}").status == 204
    quiet = {"since": "22:00", "until": "07:00", "days": ["mon", "tue"]}
    wishes = agent.patch(f"{path}/preferences", {"channels": {"assigned": ["inbox", "mail"]}, "quiet": quiet}).body
    admin.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": agent.me["id"]})
    settle(cloud)
    (told,) = agent.get(path).body["data"]
    return {
        "PushDevice": [device],
        "NotificationPreferences": [wishes, admin.get(f"{path}/preferences").body],
        "NotificationPolicy": [admin.patch(f"{path}/policy", {"lead_after_minutes": 15}).body],
        "NoticeCount": [agent.get(f"{path}/count").body],
        "Notice": [told, agent.patch(f"{path}/{told['id']}", {"read": True}).body],
    }


def _promised(admin: Caller) -> dict[str, list[dict]]:
    day, end = [["09:00", "17:30"]], [["09:00", "12:00"]]
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), day)
    made = admin.post("/v1/calendars", {"name": "Office", "zone": "Europe/Berlin", "hours": hours}).body
    changes = {"exceptions": [{"date": "2026-12-24", "name": "Christmas Eve", "hours": end}]}
    policy = {"name": "Gold", "filter": "priority:>=high", "targets": {"first_response": {"high": 30, "urgent": 15}}}
    promised = admin.post("/v1/sla-policies", policy | {"calendar_id": made["id"]}).body
    trial = {"kind": "sla_policy", "policy": policy | {"targets": {"first_response": {"normal": 1}}, "filter": ""}}
    slower = admin.patch(f"/v1/sla-policies/{promised['id']}", {"warn_at_percent": 80}).body
    return {
        "Calendar": [made, admin.patch(f"/v1/calendars/{made['id']}", changes).body],
        "SlaPolicy": [promised, slower, *admin.get("/v1/sla-policies").body["data"]],
        "Simulation": [admin.post("/v1/simulations", trial).body],
        "HolidayPlace": admin.get("/v1/holiday-places").body["data"],
    }


def _apps(admin: Caller) -> dict[str, list[dict]]:
    new = {"name": "CRM", "redirect_uris": [CALLBACK], "scopes": ["tickets:read", "settings:write"]}
    app = admin.post("/v1/apps", new | {"confidential": True}).body
    path = f"/v1/oauth/authorization?{'&'.join(f'{name}={value}' for name, value in asked(app).items())}"
    tokens = exchanged(app, approved(admin, app), client_secret=app["client_secret"]).body
    return {
        "App": [app, *admin.get("/v1/apps").body["data"]],
        "AuthorizationWish": [admin.get(path).body],
        "AuthorizationAnswer": [admin.post("/v1/oauth/authorization", asked(app) | {"approved": False}).body],
        "OAuthTokens": [tokens],
        "Grant": admin.get("/v1/grants").body["data"],
    }


def _relations(agent, ticket, customer):
    path = f"/v1/tickets/{ticket['id']}"
    other = agent.post("/v1/tickets", NEW_TICKET).body
    agent.post(f"{path}/links", {"kind": "problem", "ticket_id": other["id"]})
    side = agent.post(f"{path}/side-conversations", {"subject": "x", "to": ["a@supplier.test"], "body_text": "x"}).body
    message = agent.post(f"{path}/side-conversations/{side['id']}/messages", {"body_text": "x"}).body
    company = agent.post("/v1/companies", {"name": "x", "shares_tickets": True}).body
    agent.patch(f"/v1/people/{customer.me['id']}", {"company_id": company["id"]})
    return {
        "Participant": agent.post(f"{path}/participants", {"role": "follower"}).body["data"],
        "Link": agent.get(f"{path}/links").body["data"],
        "SideConversation": [side, *agent.get(f"{path}/side-conversations").body["data"]],
        "SideMessage": [message, *agent.get(f"{path}/side-conversations/{side['id']}/messages").body["data"]],
        "Company": [company, *agent.get("/v1/companies").body["data"]],
        "PortalCompany": [_shared_with(customer, company)],
    }


def _shared_with(customer, company):
    """What the portal shows of a company, once the session knows of it."""
    from helpdesk.core.cache import forget

    forget()
    (shown,) = customer.get("/v1/portal/companies").body["data"]
    assert shown["id"] == company["id"]
    return shown
