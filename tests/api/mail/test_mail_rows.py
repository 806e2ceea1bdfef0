"""Rows of the mail catalogue whose effect is in the store: each fixture with a `desk` part goes through the worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.callers import contact, staff
from tests.cloud import SUPPORT
from tests.inbound import receive

FOLDER = Path(__file__).parents[2] / "fixtures" / "mail"
CASES = {path.stem: json.loads(path.read_text()).get("desk") for path in sorted(FOLDER.glob("EM-*.json"))}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case])
def test_the_desk_does_what_the_row_asks(cloud, admin, name):
    case: dict[str, Any] = CASES[name]
    _prepare(admin, case)
    row = receive((FOLDER / f"{name}.eml").read_bytes(), to=case.get("to", [SUPPORT]), **case.get("verdicts", {}))
    assert {key: row[key] for key in case["expect"]} == case["expect"], row
    cloud.pump()
    ticket = admin.get(f"/v1/tickets/{row['ticket_id']}?include=messages,events").body if row["ticket_id"] else {}
    _check(admin, case, row, ticket)
    if "acknowledged" in case:
        assert bool(cloud.sent()) is case["acknowledged"]


def _prepare(admin, case: dict[str, Any]) -> None:
    if "rule" in case:
        assert admin.post("/v1/sender-rules", case["rule"]).status == 201
    if "policy" in case:
        assert admin.patch("/v1/mail-policy", case["policy"]).status == 200
    if "mailbox" in case:
        assert admin.patch("/v1/mailboxes/main", case["mailbox"]).status == 200
    if "second" in case:
        case["second_id"] = admin.post("/v1/mailboxes", {"address": case["second"]}).body["id"]
    if "colleague" in case:
        staff("agent", case["colleague"])
    for email in case.get("before", ()):
        contact(email, "")


def _check(admin, case: dict[str, Any], row: dict[str, Any], ticket: dict[str, Any]) -> None:
    events = {event["type"]: event["data"] for event in ticket.get("events", ())}
    for name, value in case.get("ticket", {}).items():
        assert (ticket["requester"]["email"] if name == "requester" else ticket[name]) == value, name
    first = ticket["messages"][0] if ticket else {}
    for name in ("level", "sent_by"):
        if name in case:
            assert first["trust"][name] == case[name]
    if "copies" in case:
        assert len(ticket["cc"]) == case["copies"]
    if "silenced" in case:
        assert events["ticket.mail_silenced"]["because"] == case["silenced"]
    if "came_to" in case:
        boxes = [case["second_id"] if one == "second" else one for one in case["came_to"]]
        assert events["ticket.created"]["mailbox_ids"] == boxes
        assert ticket["mailbox_id"] == boxes[0]
    if "name" in case:
        assert admin.get(f"/v1/people/{ticket['requester']['id']}").body["name"] == case["name"]
    if "raw" in case:
        assert admin.get(f"/v1/mail/{row['id']}/raw").status == case["raw"]
