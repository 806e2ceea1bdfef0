"""NO-02: a view is followed by the bell at its head, and what one follows stands with one's wishes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready
from tests.browser.canned_notices import notice
from tests.browser.test_accessibility import faults

PATH = "/notifications/following"
VIEW = {
    **{"id": "V9", "label": "Big customers", "group": "shared", "shared": "all", "owner_id": None, "version": 1},
    **{"count": 2, "query": {"view": "V9"}, "filter": "tag:vip", "sort": "-updated_at"},
}


@pytest.fixture
def kept(desk: CannedDesk) -> CannedDesk:
    """A desk with a view that somebody shares."""
    desk.work.views.append(dict(VIEW))
    return desk


def bell(page: Page) -> Any:
    return page.locator(".follow-bell")


def open_view(page: Page, desk: CannedDesk) -> None:
    page.goto(f"{desk.origin}/agent/views/V9")
    ready(page, ".follow-bell:enabled")


def test_no02_the_bell_of_a_view_follows_it_and_ends_it_again(kept: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_view(page, kept)
    expect(bell(page)).to_have_attribute("aria-pressed", "false")
    bell(page).focus()
    page.keyboard.press("Enter")
    expect(bell(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".toast")).to_contain_text("You follow “Big customers”")
    assert faults(page) == [], "axe"
    page.locator(".toast button", has_text="Undo").click()
    expect(bell(page)).to_have_attribute("aria-pressed", "false")
    assert [method for method, _ in kept.written(PATH, 2)] == ["PUT", "DELETE"]


def test_a_view_that_cannot_be_followed_says_why(kept: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_view(page, kept)
    fault = {"pointer": "/view_id", "code": "not_evaluable", "message": "its filter asks for words"}
    kept.notices.refusal = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    bell(page).click()
    expect(page.locator(".toast")).to_contain_text("“Big customers”: its filter asks for words")
    expect(bell(page)).to_have_attribute("aria-pressed", "false")


def test_the_menu_of_the_view_follows_it_and_one_of_every_desk_has_no_bell(kept: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_view(page, kept)
    page.locator(".list-head [aria-haspopup=menu]:not(.list-title-menu)").click()
    page.get_by_role("menuitem", name="Follow: be told of what comes into this view").click()
    expect(bell(page)).to_have_attribute("aria-pressed", "true")
    page.goto(f"{kept.origin}/agent/views/open")
    ready(page, ".list-item")
    expect(bell(page)).to_have_count(0)


def test_no02_what_is_followed_stands_with_ones_wishes_and_what_rests_says_why(kept: CannedDesk, new_page: Any) -> None:
    at = "2026-11-01T09:00:00Z"
    kept.notices.followed = [
        {"view_id": "V9", "label": "Big customers", "since": at, "state": "following"},
        {"view_id": "V8", "label": "Old", "since": at, "state": "gone"},
    ]
    page = new_page()
    page.goto(f"{kept.origin}/agent/me/notifications")
    ready(page, "followed-views li")
    rows = page.locator("followed-views li")
    expect(rows.nth(0)).to_contain_text("Since 1 Nov")
    expect(rows.nth(0).get_by_role("link", name="Big customers")).to_be_visible()
    expect(rows.nth(1)).to_contain_text("Ended: this view was removed")
    assert faults(page) == [], "axe"
    rows.nth(1).get_by_role("button").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Stop following Big customers").click()
    expect(page.locator("followed-views")).to_contain_text("None. The bell")
    assert [method for method, _ in kept.written(PATH, 2)] == ["DELETE", "DELETE"]


def test_the_matrix_has_the_new_kinds_and_a_notice_names_the_view(kept: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{kept.origin}/agent/me/notifications")
    ready(page, ".wishes")
    entered = page.get_by_label("A ticket comes into a view I follow, Mail")
    expect(entered).not_to_be_checked()
    expect(page.get_by_label("A reply that I planned does not leave, Mail")).to_be_checked()
    entered.check()
    assert kept.written("/notifications/preferences") == [("PATCH", {"channels": {"view_match": ["inbox", "mail"]}})]
    ticket = {name: kept.tickets[0][name] for name in ("id", "number", "subject")}
    kept.notices.rows.insert(0, notice("N9", "view_match", ticket) | {"text": "Big customers"})
    page.goto(f"{kept.origin}/agent/notices")
    ready(page, ".notice")
    expect(page.locator(".notice").first).to_contain_text("Now in “Big customers”, which you follow")
