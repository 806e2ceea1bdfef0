"""Notices on the laptop stack: a mention goes over bus and queue to the inbox and the mail of a colleague."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from tests.flows.test_desk import call, mails_to, wait_for

Stack = Any


def _signed_in(stack: Stack) -> str:
    """The agent's cookie."""
    headers = {"content-type": "application/json", "x-requested-with": "lambdesk"}
    body = json.dumps({name: stack.agent[name] for name in ("email", "password")}).encode()
    request = urllib.request.Request(f"{stack.api}/session", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.headers["set-cookie"]).partition(";")[0]


def _own(stack: Stack, cookie: str, path: str) -> Any:
    request = urllib.request.Request(f"{stack.api}/notifications{path}", headers={"cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_no02_a_mention_reaches_the_inbox_and_the_mail_of_a_colleague(stack: Stack) -> None:
    cookie, email = _signed_in(stack), stack.agent["email"]
    (sam,) = [one for one in call(stack, "GET", "/v1/people?kind=staff")[1]["data"] if one["email"] == email]
    new = {"subject": "Look here", "body_text": "x", "requester": {"email": "rosa@customer.test"}}
    status, ticket = call(stack, "POST", "/v1/tickets", new)
    assert status == 201, ticket
    note = {"kind": "note", "body_text": "@Sam the secret is 4711", "mentions": [sam["id"]]}
    assert call(stack, "POST", f"/v1/tickets/{ticket['id']}/messages", note)[0] == 201

    def told() -> Any:
        rows = _own(stack, cookie, "?unread=1")["data"]
        return [
            row for row in rows if row["ticket"]["id"] == ticket["id"] and row["channels"]["mail"]["state"] == "sent"
        ]

    (notice,) = wait_for("notice", told)
    assert notice["kind"] == "mentioned" and _own(stack, cookie, "/count")["unread"] >= 1
    mail = wait_for("mail", lambda: [one for one in mails_to(stack, email) if "Look here" in str(one["Subject"])])
    (body,) = [part.get_content() for part in mail[0].walk() if part.get_content_type() == "text/plain"]
    assert "mentioned you" in body and f"/agent/tickets/{ticket['number']}" in body and "4711" not in body
    assert mail[0]["Auto-Submitted"] == "auto-generated" and not mail[0]["Reply-To"]
