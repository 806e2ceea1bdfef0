"""The desk by keyboard alone, its mail frames, and what it does when the server fails."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canned import CannedDesk, ready


def test_the_main_job_by_keyboard(desk: CannedDesk, new_page: Any) -> None:
    desk.signed_in = False
    page = new_page()
    page.goto(f"{desk.origin}/agent/")
    page.wait_for_selector("input")
    page.keyboard.type("sam@acme.test")
    page.keyboard.press("Tab")
    page.keyboard.type("a password")
    page.keyboard.press("Enter")
    ready(page, ".ticket")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text("Garage chargers")
    ready(page, ".editor")
    page.keyboard.press("r")
    page.keyboard.type("Please try again now.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".leaving [role=timer]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator(".editor")).to_have_text("Please try again now.")
    expect(page.locator(".leaving")).to_have_count(0)
    assert desk.written("/tickets/K0/messages/K0-4/sending") == [("DELETE", {})]
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".leaving [role=timer]")).to_be_visible()
    sent = [body for method, body in desk.written("/tickets/K0/messages", 3) if method == "POST"]
    assert [(it["kind"], it.get("status_id"), it["undo_seconds"]) for it in sent] == [
        ("reply", None, 10),
        ("reply", "solved", 10),
    ]
    assert "Please try again now." in sent[1]["body_html"]


def test_a_reply_leaves_with_the_page(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    ready(page, ".editor")
    page.keyboard.press("r")
    page.keyboard.type("On my way out")
    page.keyboard.press("Control+Enter")
    page.goto("about:blank")
    assert [body["kind"] for _, body in desk.written("/tickets/K0/messages")] == ["reply"]


def test_drafts_wait_per_ticket(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    ready(page, ".editor")
    page.keyboard.press("r")
    page.keyboard.type("Not yet finished")
    page.keyboard.press("Escape")
    ready(page, ".ticket")
    page.keyboard.press("j")
    expect(page).to_have_url(f"{desk.origin}/agent/views/open/tickets/1001")
    expect(page.locator(".editor")).to_have_text("")
    page.keyboard.press("k")
    expect(page.locator(".editor")).to_have_text("Not yet finished")


def test_mail_cannot_reach_the_desk(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    page.get_by_role("button", name="Show the quoted text").first.click()
    frame = page.frame_locator("mail-body iframe").first
    expect(frame.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    assert frame.locator("body :is([style], script, [onerror], [target])").count() == 0
    assert page.evaluate("() => window.harmed") is None
    sandbox = page.locator("mail-body iframe").first.get_attribute("sandbox") or ""
    assert "allow-scripts" not in sandbox


def test_a_refused_change_rolls_back_in_words(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    page.wait_for_selector(".message")
    desk.broken = "/tickets/K0"
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text(
        "Could not set the status to Solved (#1000). The table did not answer."
    )
    expect(page.locator("[data-control=status]")).to_contain_text("Open")


def test_a_pane_that_fails_says_so_and_recovers(desk: CannedDesk, new_page: Any) -> None:
    desk.broken = "/tickets"
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open")
    expect(page.locator(".list .state")).to_contain_text("01TEST")
    desk.broken = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".ticket")).to_have_count(4)


def test_who_may_only_read_sees_no_way_to_write(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {
        "role": "viewer",
        "permissions": ["tickets:read", "people:read", "settings:read", "events:read"],
    }
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    page.wait_for_selector(".message")
    assert page.locator("desk-reply, [data-control], [aria-label='New ticket'], [aria-label='Quarantine']").count() == 0


def test_right_to_left_mirrors_the_desk(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    rail, conversation = page.locator(".rail").bounding_box(), page.locator(".conversation").bounding_box()
    assert rail and conversation and rail["x"] > conversation["x"]


@pytest.mark.parametrize("width", [1440, 1280, 1024, 800, 390])
def test_every_screen_takes_the_width_that_is_there(desk: CannedDesk, new_page: Any, width: int) -> None:
    page = new_page(width=width)
    rail = 0 if width < 640 else 48
    for path in ("me", "mail/quarantine"):
        page.goto(f"{desk.origin}/agent/{path}")
        page.wait_for_selector(".page h1, .page h2, .page-inner")
        assert page.locator(".page").bounding_box()["width"] >= width - rail - 2, path
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    wide = page.locator(".list").bounding_box()["width"]
    assert wide == pytest.approx({1440: 368, 1280: 368, 1024: 344}.get(width, width - rail), abs=2)
