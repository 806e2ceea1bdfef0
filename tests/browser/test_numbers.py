"""AD-05: the wall of a team, and one's own numbers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk


def wall(page: Page, desk: CannedDesk, more: str = "") -> None:
    page.goto(f"{desk.origin}/agent/numbers{more}")
    expect(page.locator(".num-tile").first).to_be_visible()


def row(page: Page, name: str) -> Any:
    return page.locator(".num-people tbody tr").filter(has_text=name).locator("td")


def test_ad05_the_wall_tells_how_much_how_old_and_what_falls_due(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wall(page, admin)
    expect(page.locator(".num-tile b")).to_have_text(["46", "2", "5", "3", "9", "≤ 30 min"])
    expect(page.locator(".num-tile.bad")).to_contain_text("Late")
    expect(page.get_by_role("table", name="Falls due").locator("td")).to_have_text(
        ["", "2", "5", "4", "7", "6", "9", "5", "3", "4"]
    )
    expect(page.get_by_role("table", name="Open by age").locator("tbody td")).to_have_text(
        ["9", "2", "14", "3", "11", "5", "6", "9", "4", "11", "2", "8"]
    )
    expect(row(page, "Sam Agent")).to_have_text(["On until Fri 20 Nov, 17:00", "11", "1", "6", "7", "30 min"])
    expect(row(page, "Mara Lindqvist").first).to_have_text("On leave")
    bars = page.locator(".num-columns").first.locator(".num-bar")
    heights = [box["height"] for box in (bar.bounding_box() for bar in bars.all()) if box]
    assert max(heights) > 100 and len(heights) == 28, "drawn, not only told"


def test_ad05_what_others_did_is_for_whoever_may(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wall(page, desk)
    expect(row(page, "Sam Agent")).to_have_text(["On until Fri 20 Nov, 17:00", "11", "1"])


def test_a_team_is_chosen_stands_in_the_address_and_tells_when_nobody_belongs_to_it(
    admin: CannedDesk, new_page: Any
) -> None:
    page = new_page()
    wall(page, admin)
    page.get_by_label("Which team").select_option("Hardware")
    expect(page.locator("h1")).to_have_text("Hardware, today")
    expect(page.locator(".num-tile b").first).to_have_text("7")
    expect(page.locator(".num-card").filter(has_text="People")).to_contain_text("Nobody belongs to this team.")
    page.reload()
    expect(page.locator("h1")).to_have_text("Hardware, today")


def test_a_number_leads_to_its_tickets(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wall(page, admin)
    page.get_by_role("link", name="Late").click()
    expect(page).to_have_url(f"{admin.origin}/agent/search?filter=category%3Aactive+due%3A%3C%3Dnow")


def test_ones_own_numbers_are_told_day_by_day(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wall(page, desk)
    page.get_by_role("link", name="My numbers").click()
    expect(page.locator(".num-tile")).to_have_count(5)
    expect(page.locator(".num-tile").first).to_contain_text("Replies")
    expect(page.locator(".num-people tbody tr").first.locator("th")).to_have_text("20 Nov")
    expect(page.locator(".num-card").first).to_contain_text("≤ 1 h for half of them, in business time")
    expect(page.get_by_text("None in these days.")).to_have_count(2)


def test_what_does_not_load_says_so_and_is_asked_again(admin: CannedDesk, new_page: Any) -> None:
    admin.work.refusals["GET /wallboard"] = (503, {"code": "unavailable", "detail": "not now", "errors": []})
    page = new_page()
    page.goto(f"{admin.origin}/agent/numbers")
    expect(page.locator(".state")).to_contain_text("The numbers did not load")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".num-tile b").first).to_have_text("46")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_wall_fits_its_window(admin: CannedDesk, new_page: Any, width: int) -> None:
    page = new_page(width=width)
    wall(page, admin)
    assert page.locator(".num-page").evaluate("page => page.scrollWidth <= page.clientWidth")
