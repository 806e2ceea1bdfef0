"""The week of shifts: read, moved by pointer and by keyboard, drawn, edited, and given back when it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_coverage import calendar, shift

WEEK = "coverage?from=2026-11-16"


def open_week(page: Page, desk: CannedDesk, more: str = "") -> None:
    page.goto(f"{desk.origin}/agent/settings/{WEEK}{more}")
    expect(page.locator(".cov tbody tr")).to_have_count(3)


def block(page: Page, name: str, day: str) -> Locator:
    return page.locator(f"button.cov-block[aria-label^='{name}, {day}']")


def cell(page: Page, row: int, day: int) -> Locator:
    return page.locator(".cov tbody tr").nth(row).locator("td").nth(day)


def drag(page: Page, of: Locator, by: float, start: float = 0.5) -> None:
    """By so many hours; `start` is where it is taken hold of, as a share of its width."""
    box, lane = of.bounding_box(), cell(page, 1, 0).bounding_box()
    assert box and lane
    x, y = box["x"] + box["width"] * start, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by * lane["width"] / 32, y)
    page.mouse.move(x + by * lane["width"] / 16, y)
    page.mouse.up()


def test_ad04_a_week_shows_shifts_leaves_days_off_and_what_nobody_covers(admin: CannedDesk, new_page: Any) -> None:
    desk = {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    admin.settings.records["/calendars"].append(calendar("C9", "Front desk", desk))
    page = new_page()
    open_week(page, admin, "&calendar=C9")
    expect(page.locator("[name=calendar] option:checked")).to_have_text("Front desk")
    expect(page.locator(".cov-bar h2")).to_contain_text("16 – 22 November")
    expect(page.locator(".cov-bar h2")).to_contain_text("week 47")
    expect(block(page, "Sam Agent", "Monday")).to_have_text("8–17")
    expect(block(page, "Mara Lindqvist", "Wednesday")).to_have_text("12–20:30")
    expect(cell(page, 2, 4)).to_have_text("Leave")
    assert page.locator("td[data-empty]").count() == 2 + 5
    expect(page.locator(".cov-planned td").first).to_contain_text("At most 2 on, 8–20:30")
    expect(page.locator(".cov-chip")).to_have_text(["7–8", "7–8 +1", "7–8", "7–8 +1", "7–19"])
    expect(page.locator(".cov-bare-list")).to_contain_text("Tuesday, Thursday 17–19: nobody is on")


def test_weeks_teams_and_zones_are_chosen_and_stand_in_the_address(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    page.locator("[name=zone]").select_option("America/New_York")
    expect(block(page, "Sam Agent", "Monday")).to_have_text("2–11")
    page.get_by_role("button", name="Next week").click()
    expect(page.locator(".cov-bar h2")).to_contain_text("week 48")
    expect(block(page, "Sam Agent", "Friday 27")).to_have_count(1)
    page.locator("[name=team]").select_option("T1")
    expect(page.locator(".cov tbody tr")).to_have_count(2)
    page.reload()
    expect(page.locator(".cov tbody tr")).to_have_count(2)
    expect(page.locator(".cov-bar h2")).to_contain_text("week 48")
    assert "zone=America%2FNew_York" in page.url


def test_a_shift_is_moved_and_drawn_longer_by_pointer_and_undone(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    monday = block(page, "Mara Lindqvist", "Monday")
    drag(page, monday, -1)
    expect(monday).to_have_text("11–19:30")
    assert admin.written("/shifts/H2")[0] == (
        "PATCH",
        {"hours": {"mon": [["11:00", "19:30"]], "wed": [["12:00", "20:30"]]}},
    )
    box = monday.bounding_box()
    assert box
    drag(page, monday, 0.5, 1 - 3 / box["width"])
    expect(monday).to_have_text("11–20")
    assert admin.written("/shifts/H2", 2)[1][1]["hours"]["mon"] == [["11:00", "20:00"]]
    assert admin.settings.versions == ["1", "2"]
    expect(page.locator(".toast")).to_contain_text("Changed on every Monday of this shift.")
    page.keyboard.press("z")
    expect(monday).to_have_text("11–19:30")
    assert admin.written("/shifts/H2", 3)[2][1]["hours"]["mon"] == [["11:00", "19:30"]]


def test_a_shift_is_moved_by_keyboard_alone_with_one_write(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    block(page, "Mara Lindqvist", "Wednesday").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(block(page, "Mara Lindqvist", "Wednesday")).to_have_text("13–21:30")
    assert admin.written("/shifts/H2") == [
        ("PATCH", {"hours": {"mon": [["12:00", "20:30"]], "wed": [["13:00", "21:30"]]}})
    ]
    page.keyboard.press("Shift+ArrowLeft")
    expect(block(page, "Mara Lindqvist", "Wednesday")).to_have_text("13–21:15")
    page.keyboard.press("ArrowDown")
    expect(block(page, "Sam Agent", "Wednesday")).to_be_focused()
    assert admin.written("/shifts/H2", 2)[1][1]["hours"]["wed"] == [["13:00", "21:15"]], "kept when it is left"
    page.keyboard.press("Enter")
    expect(page.locator("dialog.cov-editor")).to_be_visible()


def test_a_move_that_is_refused_goes_back_with_a_sentence(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/hours", "code": "overlaps_shift", "message": "another shift"}
    admin.settings.refusals["PATCH /shifts/H2"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_week(page, admin)
    drag(page, block(page, "Mara Lindqvist", "Monday"), 1)
    expect(page.locator(".toast")).to_have_text(
        "Nothing was changed. It would overlap another shift of the same person."
    )
    expect(block(page, "Mara Lindqvist", "Monday")).to_have_text("12–20:30")


def test_a_shift_is_drawn_on_an_empty_day_for_its_weekday_from_that_date_on(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    drag(page, cell(page, 2, 5), 4, 0.25)
    expect(block(page, "Sam Agent", "Saturday")).to_have_text("10–14")
    assert admin.written("/shifts") == [
        (
            "POST",
            {"person_id": "A1", "zone": "Europe/Berlin", "hours": {"sat": [["10:00", "14:00"]]}, "from": "2026-11-21"},
        )
    ]
    page.keyboard.press("z")
    expect(block(page, "Sam Agent", "Saturday")).to_have_count(0)
    assert [method for method, _ in admin.written("/shifts", 2)] == ["POST", "DELETE"]


def test_a_shift_is_edited_in_its_dialog_and_faults_stand_at_the_fields(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/until", "code": "before_from", "message": "no"}
    admin.settings.refusals["PATCH /shifts/H2"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_week(page, admin)
    block(page, "Mara Lindqvist", "Monday").click()
    dialog = page.locator("dialog.cov-editor")
    dialog.locator("[name='day:thu']").check()
    expect(dialog.locator("[name='thu:0:from']")).to_have_value("12:00")
    dialog.locator("[name='thu:0:until']").fill("00:00")
    dialog.locator("#set-until").fill("2026-11-01")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator("#set-until-hint")).to_have_text("It ends before it begins.")
    admin.settings.refusals.clear()
    dialog.locator("#set-until").fill("2026-12-31")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(block(page, "Mara Lindqvist", "Thursday")).to_have_text("12–24")
    _, body = admin.written("/shifts/H2", 2)[1]
    late = [["12:00", "20:30"]]
    assert body == {"hours": {"mon": late, "wed": late, "thu": [["12:00", "24:00"]]}, "until": "2026-12-31"}


def test_a_night_shift_stands_on_both_its_days_and_is_moved_as_one(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.records["/shifts"].append(shift("H3", "A2", {"thu": [["22:00", "06:00"]]}))
    page = new_page()
    open_week(page, admin)
    expect(block(page, "Mara Lindqvist", "Thursday")).to_have_text("22–24")
    friday = block(page, "Mara Lindqvist", "Friday")
    expect(friday).to_have_text("0–6")
    friday.focus()
    page.keyboard.press("ArrowLeft")
    expect(friday).to_have_text("0–5:45")
    expect(block(page, "Mara Lindqvist", "Thursday")).to_have_text("21:45–24")
    assert admin.written("/shifts/H3") == [("PATCH", {"hours": {"thu": [["21:45", "05:45"]]}})]


def test_a_shift_is_deleted_and_brought_back(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    block(page, "Mara Lindqvist", "Monday").click()
    page.get_by_role("button", name="Delete").click()
    expect(block(page, "Mara Lindqvist", "Monday")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("The shift is deleted.")
    page.keyboard.press("z")
    expect(block(page, "Mara Lindqvist", "Monday")).to_have_count(1)
    (_, _), (method, body) = admin.written("/shifts", 2)
    assert (method, body["person_id"], body["zone"]) == ("POST", "A2", "Europe/Berlin")
    assert not {"id", "version", "position"} & set(body)


def test_a_leave_is_added_for_whole_days_and_for_hours(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_week(page, admin)
    page.get_by_role("button", name="Add leave").click()
    dialog = page.locator("dialog.cov-editor")
    dialog.locator("#set-person_id").select_option("A2")
    dialog.locator("#set-reason").select_option("sick")
    dialog.locator("#set-from").fill("2026-11-18")
    dialog.locator("#set-until").fill("2026-11-18")
    dialog.get_by_role("button", name="Add leave").click()
    expect(cell(page, 1, 2)).to_have_text("Sick")
    days = {"from": "2026-11-18", "until": "2026-11-18"}
    assert admin.written("/leaves") == [("POST", days | {"person_id": "A2", "reason": "sick"})]
    page.get_by_role("button", name="Add leave").click()
    dialog.locator("#set-person_id").select_option("A1")
    dialog.locator("#set-from").fill("2026-11-17")
    dialog.locator("#set-until").fill("2026-11-17")
    dialog.locator("[name=whole]").uncheck()
    dialog.locator("[name='until:time']").fill("12:00")
    dialog.get_by_role("button", name="Add leave").click()
    expect(block(page, "Sam Agent", "Tuesday")).to_have_count(3)
    _, body = admin.written("/leaves", 2)[1]
    assert (body["from"], body["until"]) == ("2026-11-17T08:00:00.000Z", "2026-11-17T11:00:00.000Z")


def test_without_the_right_to_write_the_week_is_only_read(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"role": "agent", "permissions": ["tickets:read", "people:read", "settings:read"]}
    desk.settings.describe()
    page = new_page()
    open_week(page, desk)
    expect(page.locator(".cov-block")).to_have_count(4 + 2 + 1)
    assert page.locator(".cov button, .set-head .btn:not(.back)").count() == 0


def test_an_empty_desk_says_so_and_begins_the_first_shift(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.records |= {"/shifts": [], "/leaves": []}
    page = new_page()
    page.goto(f"{admin.origin}/agent/settings/{WEEK}")
    expect(page.locator(".state h2")).to_have_text("Nobody has shifts yet")
    page.get_by_role("button", name="Add the first shift").click()
    expect(page.locator("dialog.cov-editor")).to_be_visible()


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_on_a_phone_there_is_one_day_at_a_time(admin: CannedDesk, new_page: Any, locale: str) -> None:
    page = new_page(width=390, locale=locale)
    open_week(page, admin, "&day=2026-11-17")
    expect(page.locator(".cov thead th:visible")).to_have_count(2)
    expect(page.locator("button.cov-block:visible")).to_have_text(["8–17"])
    page.locator(".cov-tabs button").nth(2).click()
    expect(page.locator("button.cov-block:visible")).to_have_text(["12–20:30", "8–17"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".cov-tabs button").nth(5).click()
    cell(page, 1, 5).click()
    expect(page.locator("[name='sat:0:from']")).to_have_value("09:00")
    width = "(all => Math.max(...all.map((each) => each.getBoundingClientRect().right)))"
    assert page.locator("dialog.cov-editor input").evaluate_all(width) <= 374
