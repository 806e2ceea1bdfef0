"""After an outage the desk does by itself what it said it would; a quarantined mail is let in or turned away."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk, ready


def test_a_reply_written_offline_goes_out_when_the_server_answers(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    ready(page, ".editor")
    page.wait_for_load_state("networkidle")  # what is on its way when the line breaks says so in a toast
    page.context.set_offline(True)
    page.keyboard.press("r")
    page.keyboard.type("Written on the train")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".offline")).to_contain_text("1 message waits")
    expect(page.locator(".toast")).to_have_count(0)
    page.locator(".ticket").nth(1).click()
    expect(page.locator("desk-conversation .state")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".offline")).to_have_count(0)
    expect(page.locator(".message").first).to_be_visible()
    sent = [body for _, body in desk.written("/tickets/K0/messages")]
    assert len(sent) == 1


def test_quarantine_tells_why_and_can_turn_away(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/mail")
    expect(page.locator(".mail")).to_contain_text("The mail could not be read.")
    with page.expect_response("**/v1/mail/M1/release*"):
        page.get_by_role("button", name="Reject").click()
    expect(page.locator(".mail")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("daemon@mx.test")
    assert [method for method, _ in desk.written("/mail/M1/release")] == ["DELETE"]


def test_customers_recognise_their_own_words(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/portal/#/tickets/K0")
    expect(page.locator(".portal-message").first).to_contain_text("You")
    expect(page.locator(".portal-message").nth(1)).not_to_contain_text("You")
