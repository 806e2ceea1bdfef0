"""Roles, colleagues, API keys, the audit trail, and why somebody may see a ticket."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_settings import ADMIN
from tests.browser.test_settings import open_at


@pytest.fixture
def admin(desk: CannedDesk) -> CannedDesk:
    """The canned desk with an administrator signed in."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    return desk


def test_a_built_in_role_is_copied_not_changed(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "roles/agent", ".set-form .alert")
    assert page.locator(".set-form input:enabled, [aria-label^=Delete]").count() == 0
    page.get_by_role("link", name="Copy to a new role").click()
    expect(page.locator("#set-label")).to_have_value("Agent, copy")
    page.locator("[name='sees:all']").uncheck()
    page.locator("[name='sees:teams']").check()
    expect(page.locator(".in-words")).to_contain_text("sees the tickets of their own teams, and no others")
    page.locator("[name='permissions:people:write']").uncheck()
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("6 permissions, sees: own teams")
    [(method, body)] = admin.written("/roles")
    assert (method, body["sees"]) == ("POST", ["teams"])
    assert "people:write" not in body["permissions"] and "tickets:write" in body["permissions"]


def test_nobody_hands_out_what_he_does_not_have(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"role": "R9", "permissions": ["settings:read", "roles:write", "tickets:read"]}
    page = new_page()
    open_at(page, desk, "roles?new=1", "#set-label")
    expect(page.locator("[name='permissions:tickets:read']")).to_be_enabled()
    expect(page.locator("[name='permissions:mail:read']")).to_be_disabled()
    expect(page.locator(".check", has_text="mail:read")).to_contain_text("you do not have this yourself")


def test_a_role_in_use_says_who_must_move_first(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.refusals["DELETE /roles/R1"] = (409, {"code": "in_use", "detail": "no", "holders": 2})
    page = new_page()
    open_at(page, admin, "roles/R1", "#set-label")
    page.get_by_role("button", name="Delete Night shift?").click()
    page.locator(".ask .danger").click()
    expect(page.locator(".ask .alert")).to_have_text("2 colleagues have this role. Give them another one first.")
    page.keyboard.press("Escape")
    expect(page.locator(".set-link", has_text="Night shift")).to_be_visible()


def test_a_deleted_role_comes_back(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "roles/R1", "#set-label")
    page.get_by_role("button", name="Delete Night shift?").click()
    page.locator(".ask .danger").click()
    expect(page.locator(".set-link", has_text="Night shift")).to_have_count(0)
    page.locator(".toast .act").click()
    expect(page.locator(".set-link", has_text="Night shift")).to_be_visible()
    assert [method for method, _ in admin.written("/roles", 2)] == ["DELETE", "POST"]


def test_a_colleague_is_invited_and_locked_out(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "colleagues?new=1", "#set-email")
    page.locator("#set-email").fill("kofi@acme.test")
    page.locator("#set-role").select_option("R1")
    page.locator("[name='team_ids:T2']").check()
    page.keyboard.press("Control+s")
    expect(page.locator("#set-disabled")).to_be_checked()
    page.locator("#set-disabled").uncheck()
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page] .tag")).to_have_text("Locked out")
    made, changed = admin.written("/people", 2)
    assert made == ("POST", {"email": "kofi@acme.test", "role": "R1", "team_ids": ["T2"]})
    assert changed == ("PATCH", {"disabled": True})


def test_colleagues_are_changed_with_both_permissions_only(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"permissions": ["people:read", "settings:read", "settings:write"]}
    page = new_page()
    open_at(page, desk, "colleagues")
    assert page.locator("a[href$='/colleagues?new=1']").count() == 0


def test_a_secret_is_shown_once_and_not_left_by_mistake(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_at(page, admin, "keys?new=1", "#set-name")
    page.locator("#set-name").fill("Sync")
    page.keyboard.press("Control+s")
    expect(page.locator(".secret input")).to_have_value("ldk_acme_N1_secret")
    expect(page.locator(".secret code")).to_contain_text(f'Bearer ldk_acme_N1_secret" {admin.origin}/v1/tickets')
    page.locator(".set-link").first.click()
    expect(page.locator(".ask")).to_contain_text("Leave without copying the secret?")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "ldk_acme_N1_secret"
    page.locator(".set-link").first.click()
    expect(page.locator("h1")).to_have_text("Shop")
    page.locator(".set-link").nth(1).click()
    expect(page.locator("h1")).to_have_text("Sync")
    assert "ldk_acme_N1_secret" not in page.content()
    assert admin.written("/api-keys")[0][1]["scopes"] == ["tickets:read"]


def test_revoking_a_key_names_what_stops(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "keys/Y1", "#set-name")
    page.get_by_role("button", name="Delete Shop?").click()
    expect(page.locator(".ask")).to_contain_text("refused within 30 seconds. Never used.")
    page.locator(".ask .danger").click()
    expect(page.locator(".settings .state")).to_contain_text("No API keys yet")
    assert admin.written("/api-keys") == [("DELETE", {})]


def test_the_audit_trail_reads_on_and_keeps_its_question_in_the_address(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "audit", ".log-row")
    first = page.locator(".log-row").first
    expect(first).to_contain_text("Mara Lindqvist changed the role “Night shift”")
    expect(first.locator("del", has_text="Late shift")).to_be_visible()
    expect(first.locator("ins", has_text="Tickets of their teams")).to_be_visible()
    expect(page.locator(".log-row").nth(1).locator("a")).to_have_attribute("href", re.compile("/agent/tickets/K0$"))
    page.locator(".log").evaluate("(log) => log.scrollTo(0, log.scrollHeight)")
    expect(page.locator(".log-row")).to_have_count(60)
    page.locator("[name=action]").select_option("setting.*")
    expect(page.locator(".log-row")).to_have_count(20)
    expect(page).to_have_url(re.compile(r"/settings/audit\?action=setting"))
    page.reload()
    expect(page.locator("[name=action]")).to_have_value("setting.*")
    expect(page.locator(".log-row")).to_have_count(20)
    page.get_by_role("button", name="Show everything").click()
    expect(page).to_have_url(f"{admin.origin}/agent/settings/audit")


def test_the_audit_trail_names_what_is_gone(admin: CannedDesk, new_page: Any) -> None:
    gone = {"action": "setting.deleted", "resource": {"type": "team", "id": "T9"}}
    admin.settings.audit[0] |= gone | {"changes": {"name": {"from": "Returns", "to": None}}}
    page = new_page()
    open_at(page, admin, "audit", ".log-row")
    first = page.locator(".log-row").first
    expect(first).to_contain_text("Mara Lindqvist deleted the team “Returns”")
    assert first.locator("a").count() == 0


def test_why_somebody_may_see_a_ticket(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{admin.origin}/agent/views/open/tickets/1000")
    page.wait_for_selector(".message")
    page.locator(".conversation-head [aria-label=More]").click()
    page.get_by_role("menuitem", name="Who may see this").click()
    expect(page.locator("#access-ticket")).to_have_value("1000")
    page.locator("#access-actor").select_option("A1")
    expect(page.locator(".settings .alert")).to_have_text("Sam Agent may see this ticket.")
    held = page.locator(".reason").evaluate_all("(all) => all.map((each) => each.dataset.holds)")
    assert held == ["false", "true"]
    page.locator("#access-ticket").fill("9999")
    page.keyboard.press("Enter")
    expect(page.locator(".settings .state")).to_contain_text("There is no such ticket")
