"""Other people's apps: registered by an administrator, let in by a colleague, and sent away again (API-09)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at

ASKED = "client_id=O1&redirect_uri=https%3A%2F%2Fcrm.test%2Fcallback&response_type=code&state=s1&code_challenge=c"


@pytest.mark.parametrize(("button", "approved", "place"), [("Allow", True, "code"), ("Refuse", False, "error")])
def test_a_colleague_is_asked_and_sent_back(
    desk: CannedDesk, new_page: Any, button: str, approved: bool, place: str
) -> None:
    desk.signed_in = True
    page = new_page()
    page.goto(f"{desk.origin}/agent/authorize?{ASKED}&code_challenge_method=S256")
    expect(page.locator("h1")).to_have_text("Let CRM act for you?")
    expect(page.locator(".grant-scopes li")).to_have_count(1)
    expect(page.locator(".door-card")).to_contain_text("You go back to crm.test.")
    page.get_by_role("button", name=button).click()
    page.wait_for_url(f"**/agent/me?{place}=x")
    [(_, body)] = desk.written("/oauth/authorization")
    assert (body["approved"], body["state"], body["client_id"]) == (approved, "s1", "O1")


def test_who_is_not_signed_in_signs_in_first(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = False
    page = new_page()
    page.goto(f"{desk.origin}/agent/authorize?{ASKED}")
    page.fill("[name=email]", "sam@acme.test")
    page.fill("[name=password]", "a password")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Let CRM act for you?")


def test_a_wrong_question_leads_nowhere(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = True
    page = new_page()
    page.goto(f"{desk.origin}/agent/authorize?client_id=nobody")
    expect(page.locator(".alert")).to_have_text("there is no such app")
    assert page.get_by_role("button", name="Allow").count() == 0


def test_what_was_let_in_is_sent_away(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = True
    page = new_page()
    page.goto(f"{desk.origin}/agent/me")
    page.locator("desk-grants").get_by_role("button", name="End this").click()
    expect(page.locator(".toast")).to_have_text("CRM can no longer act for you")
    expect(page.locator("desk-grants")).to_have_text("None.")


def test_an_app_is_registered_and_its_secret_shown_once(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "apps?new=1", "#set-name")
    page.fill("#set-name", "ERP")
    page.fill("#set-redirect_uris", "https://erp.test/cb\n\nhttps://erp.test/cb2\n")
    page.locator("[name=confidential]").check()
    page.keyboard.press("Control+s")
    expect(page.locator(".secret input")).to_have_value("s3cret")
    [(method, body)] = admin.written("/apps")
    assert (method, body["redirect_uris"]) == ("POST", ["https://erp.test/cb", "https://erp.test/cb2"])
    assert (body["confidential"], body["scopes"]) == (True, ["tickets:read"])
