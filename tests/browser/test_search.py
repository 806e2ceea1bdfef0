"""Search in the list pane: words, conditions, suggestions, mistakes at their place, kept views; the palette."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready


def opened(desk: CannedDesk, new_page: Any, path: str = "/agent/views/open", **how: Any) -> Page:
    page: Page = new_page(**how)
    page.goto(desk.origin + path)
    page.wait_for_selector(".list")
    ready(page, ".ticket, .state, .search-problem")
    return page


def test_slash_finds_words_and_the_address_keeps_them(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("/")
    page.wait_for_selector(".search-field input:focus")
    page.keyboard.type("garage")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.origin}/agent/search?q=garage")
    expect(page.locator(".ticket")).to_have_count(1)
    expect(page.locator(".ticket mark")).to_have_text("Garage")
    expect(page.locator(".found-row")).to_contain_text("Gary Garage <b>")
    assert page.locator(".found-row b").count() == 0
    page.reload()
    expect(page.locator(".search-field input")).to_have_value("garage")
    page.locator(".ticket").click()
    expect(page).to_have_url(f"{desk.origin}/agent/search/tickets/1000?q=garage")
    expect(page.locator("h1").first).to_contain_text("Garage")
    page.locator(".search-field button").click()
    expect(page).to_have_url(f"{desk.origin}/agent/views/open")


def test_suggestions_open_a_ticket_by_keyboard(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("/")
    page.wait_for_selector(".search-field input:focus")
    page.keyboard.type("garage")
    expect(page.locator(".search-menu .item").first).to_contain_text("#1000")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.origin}/agent/views/open/tickets/1000")


def test_conditions_are_completed_and_mistakes_marked_at_their_place(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("/")
    page.wait_for_selector(".search-field input:focus")
    page.keyboard.type("stat")
    expect(page.locator(".search-menu .item").first).to_contain_text("status:")
    page.keyboard.type("uss:open tag:vip")
    page.keyboard.press("Enter")
    expect(page.locator(".search-problem mark")).to_have_text("statuss:open ")
    expect(page.locator(".search-problem")).to_contain_text("no such field")
    expect(page.locator(".search-field input")).to_have_attribute("aria-invalid", "true")


def test_a_search_becomes_a_view_and_goes_again(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page, "/agent/search?filter=tag%3Avip")
    page.get_by_role("button", name="Save as view").click()
    page.get_by_label("Name").fill("VIP")
    page.get_by_role("button", name="Save view").click()
    expect(page.locator(".view", has_text="VIP")).to_have_attribute("aria-current", "page")
    assert desk.work.views[0]["filter"] == "tag:vip"
    page.get_by_role("button", name="What to do with this view").click()
    page.get_by_role("menuitem", name="Remove the view").click()
    page.locator("dialog .btn.danger").click()
    expect(page.locator(".view", has_text="VIP")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.locator(".view", has_text="VIP")).to_have_count(1)


def test_words_and_conditions_are_told_apart(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    split = page.evaluate(
        """async () => { const {askedIn} = await import("/agent/state/asked.js");
        return ['charger stops', 'tag:vip charger "two words"', 'tag:a or tag:b', 'meet at 10:00', '-tag:spam x']
          .map((text) => Object.values(askedIn(text)).join("|")) }"""
    )
    assert split[:3] == ["charger stops|", 'charger "two words"|tag:vip', "|tag:a or tag:b"]
    assert split[3:] == ["meet at 10:00|", "x|-tag:spam"]


def test_the_palette_finds_tickets(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("Control+k")
    page.keyboard.type("garage")
    expect(page.locator(".palette .item", has_text="#1000")).to_be_visible()
    page.locator(".palette .item", has_text="#1000").click()
    expect(page).to_have_url(f"{desk.origin}/agent/views/open/tickets/1000")
