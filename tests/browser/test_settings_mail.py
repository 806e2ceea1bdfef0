"""The mail settings and the quarantine: what only these screens do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_settings import ADMIN
from tests.browser.test_settings import open_at


@pytest.fixture
def admin(desk: CannedDesk) -> CannedDesk:
    """The canned desk with an administrator signed in, and its mail settings."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    desk.settings.describe()
    return desk


def test_a_mailbox_is_made_with_its_aliases(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "mailboxes?new=1", "#set-address")
    page.locator("#set-address").fill("sales@acme.test")
    page.locator("#set-aliases").fill("shop@acme.test\n\n orders@acme.test ")
    page.locator("#set-team_id").select_option("T2")
    page.locator("#set-acknowledge").uncheck()
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("sales@acme.test")
    [(method, body)] = admin.written("/mailboxes")
    assert (method, body["aliases"]) == ("POST", ["shop@acme.test", "orders@acme.test"])
    assert (body["team_id"], body["acknowledge"]) == ("T2", False)


def test_a_template_shows_itself_while_it_is_written(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "letters/acknowledgement-en", ".trial-words")
    shown = page.frame_locator(".trial-words iframe").locator("body")
    expect(shown).to_have_text("Hello, this is acknowledgement. Acme")
    page.locator("#set-html").fill("<p>Welcome to {{ org }}</p>")
    expect(shown).to_have_text("Welcome to Acme")
    page.get_by_role("radio", name="Text").click()
    expect(page.locator(".letter-text")).to_have_text("Hello, in plain text")
    page.locator("#set-html").fill("{% for x in y %}")
    expect(page.locator(".letter .alert")).to_have_text("line 2: a loop cannot be used")
    expect(page.get_by_role("button", name="Send a test to me")).to_be_disabled()


def test_a_template_is_tried_kept_and_taken_back(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "letters/acknowledgement-fr", ".trial-words")
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.locator(".toast")).to_contain_text("A test is on its way to sam@acme.test")
    expect(page.get_by_role("button", name="Send a test to me")).to_be_focused()
    page.locator("#set-text").fill("Bonjour")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("saved")
    page.get_by_role("button", name="Back to the original").click()
    page.locator(".ask .danger").click()
    expect(page.locator(".set-link", has_text="French")).to_have_count(0)
    assert admin.written("/mail-templates/a", 2) == [("PATCH", {"text": "Bonjour"}), ("DELETE", {})]


def test_an_address_is_released(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "suppressions/P2", "#set-address")
    expect(page.locator("#set-address")).to_be_disabled()
    page.get_by_role("button", name="Release").click()
    expect(page.locator(".ask")).to_contain_text("has marked our mail as spam")
    page.locator(".ask .primary").click()
    expect(page.locator(".toast")).to_contain_text("angry@customer.test gets mail again")
    expect(page.locator(".set-link")).to_have_count(1)
    assert admin.written("/suppressions") == [("DELETE", {})]


def test_the_policy_is_changed_on_its_version(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "arrival", "#set-copies_per_mail")
    page.locator("#set-closed_ticket_days").fill("")
    page.get_by_role("button", name="Add a tracker").click()
    page.locator("[name='foreign_references.1.sender']").fill("@tracker.test")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("saved")
    [(method, body)] = admin.written("/mail-policy")
    assert (method, body["closed_ticket_days"]) == ("PATCH", None)
    assert body["foreign_references"][1] == {"sender": "@tracker.test", "pattern": ""}
    assert set(body) == {"closed_ticket_days", "foreign_references"}


def test_domains_tell_what_ses_knows(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "domains", ".dns-record")
    expect(page.locator(".domains .alert").first).to_contain_text("sandbox in eu-west-1")
    expect(page.locator(".domain").nth(0)).to_contain_text("SES may send for this domain")
    expect(page.locator(".domain").nth(1)).to_contain_text("SES does not know this domain")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Value of MX acme.test").click()
    expect(page.locator(".toast")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == "10 inbound-smtp.eu-west-1.amazonaws.com"


def test_a_quarantined_mail_is_looked_into_safely(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{admin.origin}/agent/mail/quarantine")
    page.locator(".mail-look").click()
    expect(page.frame_locator(".mail-preview iframe").locator("body")).to_contain_text("Buy now")
    assert page.frame_locator(".mail-preview iframe").locator("script").count() == 0
    assert not [url for url in asked if "tracker.test" in url]
    expect(page.locator(".mail-inside")).to_contain_text("DMARC: failed")
    expect(page.locator(".mail-files")).to_contain_text("offer.pdf")


def test_the_quarantine_goes_on_where_its_page_ended(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()

    def pages(route: Any) -> None:
        later = "cursor=sealed" in route.request.url
        row = {"id": "M2" if later else "M1", "received_at": "2026-11-20T09:00:00Z", "from": f"{later}@x.test"}
        route.fulfill(
            json={"data": [row | {"subject": "", "cause": "spam"}], "next_cursor": None if later else "sealed"}
        )

    page.route("**/v1/mail?*", pages)
    page.goto(f"{admin.origin}/agent/mail/quarantine")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".mail")).to_have_count(2)
    expect(page.locator(".mail").nth(1)).to_contain_text("True@x.test")
    expect(page.locator(".page-inner > .btn")).to_have_count(0)


@pytest.mark.parametrize(
    ("choice", "method", "asked"),
    [("Release and trust", "PUT", {"trust": True}), ("Reject and block", "DELETE", {})],
)
def test_a_sender_is_judged_with_his_mail(
    admin: CannedDesk, new_page: Any, choice: str, method: str, asked: dict[str, Any]
) -> None:
    page = new_page()
    targets: list[str] = []
    page.on("request", lambda request: targets.append(request.url))
    page.goto(f"{admin.origin}/agent/mail/quarantine")
    page.get_by_role("button", name="More for this mail").click()
    with page.expect_response("**/v1/mail/M1/release*"):
        page.locator(".menu .item", has_text=choice).click()
    expect(page.locator(".mail")).to_have_count(0)
    assert admin.written("/mail/M1/release") == [(method, asked)]
    assert [url for url in targets if "block=1" in url] != [] or method == "PUT"


def test_the_signature_is_ones_own(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"id": "A1", "kind": "agent"}
    page = new_page()
    page.goto(f"{admin.origin}/agent/me")
    page.locator("me-signature .editor").click()
    page.keyboard.type("Sam, Acme")
    page.locator("me-signature .btn").click()
    expect(page.locator(".toast")).to_contain_text("Signature saved")
    [(method, body)] = admin.written("/people/A1")
    assert method == "PATCH" and "Sam, Acme" in body["signature_html"]


def test_each_recipient_has_a_state(desk: CannedDesk, new_page: Any) -> None:
    states = {"carla@customer.test": "delivered", "gone@customer.test": "suppressed"}
    about = {"detail": None, "at": "2026-11-20T09:02:00Z"}
    desk.tickets[0]["recipients"] = [{"email": email, "status": state} | about for email, state in states.items()]
    desk.tickets[0]["delivery"] = "suppressed"
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    shown = page.locator(".delivery-states li")
    expect(shown).to_have_count(2)
    expect(shown.nth(1)).to_contain_text("gone@customer.test")
    expect(page.locator(".message-alert")).to_contain_text("nothing is sent to this address")
    expect(page.locator(".reply-alert")).to_have_count(0)


def test_the_next_answer_begins_with_a_warning_and_may_leave_the_quote_out(desk: CannedDesk, new_page: Any) -> None:
    address = desk.tickets[0]["requester"]["email"]
    gone = {"email": address, "status": "bounced", "detail": "550", "at": "2026-11-20T09:02:00Z"}
    desk.tickets[0] |= {"recipients": [gone], "delivery": "bounced"}
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    expect(page.locator(".reply-alert")).to_contain_text(f"The last mail to {address} did not arrive")
    page.locator("[name=quote]").uncheck()
    page.locator(".reply .editor").click()
    page.keyboard.type("Try this")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".leaving")).to_have_count(1)
    assert [body["quote"] for _, body in desk.written("/tickets/K0/messages")] == [False]
