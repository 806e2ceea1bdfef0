"""Webhooks in the settings: secrets, tests, pauses, deliveries."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at


def test_a_webhook_shows_its_secret_once(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "webhooks?new=1", "#set-url")
    page.locator("#set-url").fill("https://hooks.test/new")
    page.locator("#set-scope").select_option("customer")
    expect(page.locator("[name='events:ticket.tagged']")).to_be_disabled()
    page.keyboard.press("Control+s")
    expect(page.locator(".secret input")).to_have_value("whsec_first")
    page.locator(".set-link").first.click()
    expect(page.locator(".ask")).to_contain_text("Leave without copying the secret?")
    page.locator(".ask .danger").click()
    [(method, body)] = admin.written("/webhooks")
    assert (method, body["scope"], "enabled" in body) == ("POST", "customer", False)


def test_a_webhook_gets_a_new_secret(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "webhooks/W1", "#set-url")
    page.get_by_role("button", name="New secret").click()
    expect(page.locator(".ask")).to_contain_text("For 24 hours every request is signed with both")
    page.locator(".ask .primary").click()
    expect(page.locator(".secret input")).to_have_value("whsec_new")


def test_a_test_tells_what_the_endpoint_said(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "webhooks/W1", "#set-url")
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator(".test-said")).to_contain_text("Answered 500")
    expect(page.locator(".test-said pre")).to_have_text("no room")


def test_a_paused_webhook_says_why_and_goes_on(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "webhooks/W2", ".alert.bad")
    expect(page.locator(".set-aside .alert")).to_contain_text("the endpoint answered 410")
    expect(page.locator(".set-link[aria-current=page] .tag")).to_have_text("Paused")
    expect(page.locator(".set-aside")).to_contain_text("7 events")
    page.get_by_role("button", name="Send again", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("7 missed events first")
    assert admin.written("/webhooks") == [("PATCH", {"enabled": True})]


def test_deliveries_are_filtered_read_and_sent_again(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "webhooks/W1", ".delivery")
    expect(page.locator(".delivery")).to_have_count(2)
    page.get_by_role("button", name="Failed").click()
    expect(page.locator(".delivery")).to_have_count(1)
    page.locator(".delivery").click()
    expect(page.locator(".attempts pre")).to_have_text("we are full")
    page.get_by_role("button", name="Send this again").click()
    expect(page.locator(".toast")).to_contain_text("It is sent again")
    page.get_by_role("button", name="Send again from…").click()
    page.locator(".ask .primary").click()
    expect(page.locator(".ask .alert")).to_have_text("Say from when.")
    page.locator(".ask [name=from]").fill("2026-11-20T09:00")
    page.locator(".ask .primary").click()
    expect(page.locator(".ask")).to_have_count(0)
    assert admin.written("/webhooks/W1/replay", 2) == [
        ("POST", {"delivery_ids": ["D1"]}),
        ("POST", {"from": "2026-11-20T08:00:00.000Z"}),
    ]
