"""What a form says before it is sent, in the reader's own language, and where the focus goes."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk, ready


def test_empty_fields_are_named_in_the_readers_language(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = False
    page = new_page(width=390, locale="de-DE")
    page.goto(f"{desk.origin}/portal/")
    page.get_by_role("button", name="Link zusenden").click()
    expect(page.locator("#email-problem")).to_have_text("Bitte ausfüllen.")
    expect(page.locator("#email")).to_be_focused()
    page.locator("#email").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator("#email-problem")).to_contain_text("keine E-Mail-Adresse")
    assert not desk.writes


def test_a_new_ticket_names_every_field_that_is_wrong(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    page.keyboard.press("c")
    page.locator("[name=email]").fill("not an@address")
    page.get_by_role("button", name="Open ticket").click()
    expect(page.locator("dialog .hint.bad")).to_have_count(3)
    expect(page.locator("[name=email]")).to_be_focused()
    assert not desk.writes


def test_after_a_wrong_password_it_is_selected(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = False
    desk.broken = "/session"
    page = new_page()
    page.goto(f"{desk.origin}/agent/")
    page.locator("[name=email]").fill("sam@acme.test")
    page.locator("[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".alert")).to_be_visible()
    expect(page.locator("[name=password]")).to_be_focused()


def test_the_portal_asks_topic_and_fields(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/portal/#/new")
    page.locator("#topic").select_option("P1")
    expect(page.locator(".portal-form")).to_contain_text("Everything that charges")
    expect(page.locator("#field-post")).to_have_count(0)
    page.locator("[name=subject]").fill("It stops")
    page.locator("[name=body_text]").fill("Since today")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#field-site")).to_be_focused()
    assert not desk.writes
    page.locator("#field-site").fill("Garage B")
    page.keyboard.press("Tab")
    page.locator("#field-post").fill("7")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("() => location.hash.startsWith('#/tickets')")
    [(_, body)] = desk.written("/")
    assert (body["topic_id"], body["fields"]) == ("P1", {"site": "Garage B", "post": "7"})
