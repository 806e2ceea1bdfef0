"""Every route fed what its description allows and forbids: never a 5xx, always a problem, no write on a 4xx."""

from __future__ import annotations

import json
import logging
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from helpdesk.web.answers import shape
from infra.openapi import document
from tests import cloud as clouds
from tests import ses
from tests.callers import NEW_TICKET, Caller, contact, staff

EXAMPLES = 12
SCHEMA = schemathesis.openapi.from_dict(document())
_KEPT = ("Tickets", "People", "Settings", "Deliveries")
_made: dict[str, Any] = {}
_addresses = count()
OWN_ERRORS = {"/v1/oauth/token", "/v1/oauth/revocation"}  # RFC 6749 5.2: {"error": ...}
SIGN_IN = {"/v1/session", "/v1/session/challenge", "/v1/password-reset/confirmation", "/v1/portal/session"}
ENDS_SESSIONS = {("DELETE", "/v1/session"), ("DELETE", "/v1/portal/session"), ("DELETE", "/v1/sessions/{session_id}")}


@pytest.fixture(scope="module")
def desk():
    """One desk for all of it: an administrator's key, a customer, and things for paths to name."""
    from helpdesk.settings.service import set_up_organisation

    cloud = clouds.start()
    ses.tell_of_the_account()
    set_up_organisation(clouds.ORG, "Acme", clouds.SUPPORT)
    admin, customer = staff("admin", "ada@acme.test"), contact("carla@customer.test")
    rights = admin.get("/v1/me").body["permissions"]
    key = admin.post("/v1/api-keys", {"name": "fuzz", "scopes": rights, "per_minute": 60_000}).body["key"]
    _made.update(ticket_id=admin.post("/v1/tickets", NEW_TICKET).body["id"], person_id=customer.me["id"])
    _made.update(team_id=admin.post("/v1/teams", {"name": "Hardware"}).body["id"], role_id="agent")
    _made.update(_more(cloud, admin))
    logging.getLogger("service_undefined").setLevel(logging.CRITICAL)
    yield {"desk": Caller({"authorization": f"Bearer {key}"}), "portal": customer}
    cloud.mock.stop()


def _more(cloud: clouds.Cloud, admin: Caller) -> dict[str, str]:
    """Ids of what else paths name."""

    def made(path: str, body: Any) -> str:
        reply = admin.post(path, body)
        assert reply.status < 300, (path, reply.body)
        return str(reply.body["id"])

    ticket = f"/v1/tickets/{_made['ticket_id']}"
    words = [{"type": "note", "body_html": "<p>x</p>"}]
    found = {
        "other_id": made("/v1/tickets", NEW_TICKET),
        "view_id": made("/v1/views", {"label": "x", "filter": "tag:vip"}),
        "field_id": made("/v1/fields", {"id": "site", "label": "Site", "type": "text"}),
        "form_id": made("/v1/forms", {"label": "x", "field_ids": ["site"]}),
        "topic_id": made("/v1/topics", {"label": "x"}),
        "macro_id": made("/v1/macros", {"name": "x", "actions": words}),
        "template_id": made("/v1/templates", {"name": "x", "variants": {"en": {"body_html": "<p>x</p>"}}}),
        "company_id": made("/v1/companies", {"name": "Customer Ltd"}),
        "side_id": made(f"{ticket}/side-conversations", {"subject": "x", "to": ["a@supplier.test"], "body_text": "x"}),
        "key_id": made("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]}),
        "job_id": made("/v1/jobs", {"ids": [_made["ticket_id"]], "action": {"kind": "solve"}}),
        "webhook_id": made("/v1/webhooks", {"url": "https://192.0.43.8/hook", "events": ["ticket.trashed"]}),
        "message_id": admin.get(f"{ticket}/messages").body["data"][0]["id"],
        "attachment_id": made("/v1/attachments", {"filename": "a.txt", "size": 1}),
        "suppression_id": made("/v1/suppressions", {"address": "gone@customer.test"}),
        "app_id": made("/v1/apps", {"name": "x", "redirect_uris": ["https://crm.test/cb"], "scopes": ["tickets:read"]}),
        "closing_rule_id": made("/v1/closing-rules", {"name": "x", "category": "waiting", "close_after_hours": 24}),
        "shift_id": made(
            "/v1/shifts", {"person_id": admin.me["id"], "zone": "UTC", "hours": {"sun": [["10:00", "12:00"]]}}
        ),
        "leave_id": made("/v1/leaves", {"person_id": admin.me["id"], "from": "2026-12-24", "until": "2026-12-27"}),
        "calendar_id": made("/v1/calendars", {"name": "x", "zone": "UTC", "hours": {"mon": [["09:00", "17:00"]]}}),
        "sla_policy_id": made("/v1/sla-policies", {"name": "x", "targets": {"resolution": {"normal": 60}}}),
        "rule_id": made(
            "/v1/rules", {"name": "x", "on": ["note.added"], "then": [{"type": "add_tags", "tags": ["x"]}]}
        ),
        "timer": "close",
        "notice_id": "01KAGH8V6N3X9Y2Z7W5T4R1QPM",
        "subscription_id": "none",
    }
    kinds = {"kind": "related", "number": "1", "status_id": "open", "priority_id": "high", "tag_id": "vip"}
    admin.post(f"{ticket}/links", {"kind": "related", "ticket_id": found["other_id"]})
    cloud.pump(30)
    return found | kinds


@schemathesis.hook
def map_path_parameters(_context, path_parameters):
    """Half of the paths name what is there."""
    return {
        name: _made[name] if name in _made and len(str(value)) % 2 else value
        for name, value in (path_parameters or {}).items()
    }


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_api01_no_route_breaks(desk, case):
    if (case.method, case.path) in ENDS_SESSIONS:
        return
    caller = desk["portal" if case.path.startswith("/v1/portal") else "desk"]
    caller.headers["x-viewer-ip"] = f"203.0.113.{next(_addresses) % 250}"
    before = _rows()
    reply = caller.call(case.method, _target(case), _body(case), **_headers(case))
    assert reply.status != 401 or case.path in SIGN_IN | OWN_ERRORS, "the fuzz does not reach the route"
    assert reply.status < 500, (case.as_curl_command(), reply.body)
    if reply.status >= 400:
        if case.path not in OWN_ERRORS:
            assert reply.headers["Content-Type"] == "application/problem+json"
            shape("Problem").model_validate(reply.body)
        assert "Traceback" not in json.dumps(reply.body)
        assert _rows() == before, "something was written though the answer is a refusal"


def _target(case: Any) -> str:
    from urllib.parse import quote

    pairs = [f"{quote(str(name))}={quote(str(value))}" for name, value in (case.query or {}).items()]
    return case.formatted_path + (f"?{'&'.join(pairs)}" if pairs else "")


def _body(case: Any) -> Any:
    if isinstance(case.body, schemathesis.core.NotSet):
        return None
    return case.body.decode("utf-8", "replace") if isinstance(case.body, bytes) else json.dumps(case.body)


def _headers(case: Any) -> dict[str, str]:
    """The headers made up for the case, without credentials: those are the caller's."""
    made = {
        name: value for name, value in (case.headers or {}).items() if name.lower() not in ("authorization", "cookie")
    }
    return {name.replace("-", "_"): str(value) for name, value in made.items()}


def _rows() -> int:
    from moto.dynamodb.models import dynamodb_backends

    tables = dynamodb_backends["123456789012"][clouds.REGION].tables
    return sum(len(rows) for name in _KEPT for rows in tables[name].items.values())
