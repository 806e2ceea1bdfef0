"""A mail that holds more than words, as the canned desk shows it."""

from __future__ import annotations

from typing import Any

ZOE = {"name": "Zoe Zimmer", "email": "zoe@customer.test", "status": ""}
GUESTS = [{"name": "Desk", "email": "support@acme.test", "status": "needs-action"}]


def invite(**values: Any) -> dict[str, Any]:
    return {
        "method": "REQUEST",
        "summary": "Visit of the technician",
        "start": "2026-07-03T08:00:00Z",
        "end": "2026-07-03T09:30:00Z",
        "organizer": ZOE,
        "location": "Room 5, 2nd floor",
        "attendees": GUESTS,
        "recurrence": "FREQ=WEEKLY;COUNT=4",
        "status": "confirmed",
        "uid": "visit-1",
        "attachment_id": "F2",
    } | values


RICH = {
    "mail_id": "01MAIL",
    "signed": {
        "kind": "smime",
        "status": "verified",
        "signer": "zoe@customer.test",
        "issuer": "Fixture Root",
        "problem": None,
    },
    "invites": [
        invite(),
        invite(summary="Inventory", start="2026-07-03", end="2026-07-05", recurrence="", attachment_id=None),
        invite(method="CANCEL", start="2026-07-04T10:00:00", end=None, location="", recurrence=""),
    ],
    "report": {
        "kind": "delivery",
        "recipients": [
            {
                "email": "bo@elsewhere.test",
                "action": "failed",
                "status": "5.1.1",
                "diagnostic": "smtp; 550 no such user",
            },
            {"email": "eve@elsewhere.test", "action": "delayed", "status": "4.4.1", "diagnostic": None},
        ],
        "original_message_id": "m1@acme.test",
    },
    "defects": ["charset_wrong", "mime_CloseBoundaryNotFound", "date_missing"],
}
FORGED = {
    "mail_id": "01MAIL",
    "third_party": True,
    "threading": {"reason": "signed reply address in the envelope", "evidence": []},
    "trust": {"level": "failed", "sent_by": "list@elsewhere.test"},
    "signed": {
        "kind": "smime",
        "status": "unverified",
        "signer": "bo@elsewhere.test",
        "issuer": "Fixture Root",
        "problem": "sender_is_not_signer",
    },
}
PLAIN: dict[str, Any] = {"mail_id": None, "signed": None, "invites": [], "report": None, "defects": []}


def facts_of(ticket: dict[str, Any], number: int) -> dict[str, Any]:
    """The third ticket's mail is rich, the fourth's is signed by somebody else."""
    return PLAIN | ({"K2": RICH, "K3": FORGED}.get(ticket["id"], {}) if number == 1 else {})
