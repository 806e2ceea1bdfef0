"""Calendars in the settings: a week that is drawn into, exact times, holidays, and days that are not as usual."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at

DAY = 24 * 60
OFFICE = [["09:00", "12:30"], ["13:30", "18:00"]]


def block(page: Page, day: str, at: int = 0) -> Locator:
    return page.locator(f".week-block[data-first][data-day={day}][data-at='{at}']")


def line(page: Page, day: str) -> Locator:
    return page.locator(f".day-line[data-day={day}]")


def point(page: Page, day: str, minute: int) -> tuple[float, float]:
    """Where a minute of a day is drawn."""
    box = page.locator(f".week-day[data-day={day}]").bounding_box()
    assert box
    if box["height"] > box["width"]:
        return box["x"] + box["width"] / 2, box["y"] + box["height"] * minute / DAY
    return box["x"] + box["width"] * minute / DAY, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[str, int], end: tuple[str, int]) -> None:
    page.locator(".week").scroll_into_view_if_needed()
    page.mouse.move(*point(page, *start))
    page.mouse.down()
    page.mouse.move(*point(page, *end), steps=6)
    page.mouse.up()


def saved(page: Page, desk: CannedDesk) -> dict[str, Any]:
    """What is sent when it is saved."""
    page.get_by_role("button", name="Save").click()
    [(method, body)] = desk.written("/calendars")
    assert method == "PATCH"
    return body


def test_the_list_says_when_calendars_are_open(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.clock.set_fixed_time("2026-11-20T12:00:00Z")
    open_at(page, admin, "calendars")
    words = ["Mon–Fri 09:00–12:30, 13:30–18:00 · 3 holidays a year", "Fri 22:00–06:00"]
    expect(page.locator(".set-text")).to_have_text(words)
    expect(page.locator(".set-link .tag")).to_have_text(["Berlin", "Oslo"])


def test_hours_are_drawn_by_dragging(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    drag(page, ("sat", 10 * 60 + 3), ("sat", 14 * 60 - 4))
    expect(block(page, "sat")).to_be_focused()
    expect(block(page, "sat")).to_have_attribute("aria-label", "Saturday 10–14")
    expect(page.locator("[name='hours.sat.0.0']")).to_have_value("10:00")
    week = dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], OFFICE)
    assert saved(page, admin) == {"hours": week | {"sat": [["10:00", "14:00"]]}}


def test_an_end_is_dragged_and_a_block_goes_to_another_day(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    drag(page, ("mon", 18 * 60 - 5), ("mon", 19 * 60 + 30))
    expect(block(page, "mon", 1)).to_have_attribute("aria-label", "Monday 13:30–19:30")
    drag(page, ("mon", 9 * 60 + 5), ("mon", 8 * 60))
    expect(block(page, "mon")).to_have_attribute("aria-label", "Monday 8–12:30")
    drag(page, ("fri", 15 * 60), ("sun", 12 * 60))
    expect(block(page, "sun")).to_have_attribute("aria-label", "Sunday 10:30–15")
    hours = saved(page, admin)["hours"]
    assert hours["mon"] == [["08:00", "12:30"], ["13:30", "19:30"]]
    assert (hours["fri"], hours["sun"]) == ([OFFICE[0]], [["10:30", "15:00"]])


def test_escape_lets_go_of_what_is_dragged(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    page.mouse.move(*point(page, "sat", 600))
    page.mouse.down()
    page.mouse.move(*point(page, "sat", 800), steps=4)
    expect(page.locator(".week-block[data-held]")).to_have_text("10–13:15")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".week-block[data-day=sat]")).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def test_a_block_is_moved_resized_and_taken_out_by_keyboard(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    block(page, "mon").focus()
    for key in ("ArrowUp", "ArrowLeft", "Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
        expect(block(page, "mon")).to_be_focused()
    expect(block(page, "mon")).to_have_attribute("aria-label", "Monday 8:30–12:45")
    expect(page.locator("settings-week [role=status]")).to_have_text("Monday 08:30 to 12:45")
    page.keyboard.press("Enter")
    expect(page.locator("[name='hours.mon.0.0']")).to_be_focused()
    block(page, "tue", 1).focus()
    page.keyboard.press("Delete")
    expect(block(page, "tue")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Add hours on Tuesday")).to_be_focused()
    hours = saved(page, admin)["hours"]
    assert hours["mon"] == [["08:30", "12:45"], OFFICE[1]]
    assert "tue" not in hours


def test_hours_over_midnight_go_on_in_the_next_day(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C2", "#set-name")
    expect(block(page, "fri")).to_have_attribute("aria-label", "Friday 22–6 on the next day")
    expect(line(page, "fri")).to_contain_text("next day")
    rest = page.locator(".week-day[data-day=sat] .week-block")
    expect(rest).to_have_attribute("aria-hidden", "true")
    drag(page, ("sat", 6 * 60 - 6), ("sat", 4 * 60))
    expect(block(page, "fri")).to_have_attribute("aria-label", "Friday 22–4 on the next day")
    drag(page, ("sun", 20 * 60), ("sun", DAY - 1))
    block(page, "sun").focus()
    page.keyboard.press("Shift+ArrowDown")
    assert saved(page, admin) == {"hours": {"fri": [["22:00", "04:00"]], "sun": [["20:00", "00:15"]]}}


def test_exact_times_are_typed_and_copied(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C2", "#set-name")
    page.get_by_role("button", name="Add hours on Monday").click()
    expect(page.locator("[name='hours.mon.0.0']")).to_be_focused()
    page.keyboard.type("930")
    page.keyboard.press("Tab")
    expect(page.locator("[name='hours.mon.0.0']")).to_have_value("09:30")
    page.keyboard.type("24:00")
    page.get_by_role("button", name="Copy the hours of Monday to Mon–Fri").click()
    expect(page.locator(".week-block[aria-label$=' 9:30–24']")).to_have_count(5)
    page.locator("[name='hours.tue.0.1']").fill("noon")
    page.keyboard.press("Control+s")
    expect(line(page, "tue").locator(".bad")).to_have_text("Write a time such as 09:30.")
    expect(page.locator("[name='hours.tue.0.1']")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("5 pm")
    hours = saved(page, admin)["hours"]
    assert (hours["tue"], hours["fri"]) == ([["09:30", "17:00"]], [["09:30", "24:00"]])


def test_an_overlap_that_the_server_refuses_stands_at_its_day(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/hours/wed", "code": "overlaps", "message": "two of these hours overlap"}
    admin.settings.refusals["PATCH /calendars/C1"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    page.locator("[name='hours.wed.1.0']").fill("13:00")
    page.keyboard.press("Control+s")
    assert admin.written("/calendars")
    expect(line(page, "wed").locator(".bad")).to_have_text("These hours overlap.")
    expect(page.locator("[name='hours.wed.0.0']")).to_be_focused()
    expect(page.locator(".day-lines .bad")).to_have_count(1)
    page.locator("[name='hours.wed.0.1']").fill("13:00")
    expect(page.locator(".day-lines .bad")).to_have_count(0)
    page.locator("[name='hours.wed.0.1']").fill("14:00")
    expect(page.locator(".week-block[data-clash]")).to_have_count(2)
    expect(line(page, "wed").locator(".bad")).to_have_text("These hours overlap.")
