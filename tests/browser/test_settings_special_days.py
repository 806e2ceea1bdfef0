"""Calendars in the settings: holidays, days that are not as usual, what it all comes to, and who may change it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at
from tests.browser.test_settings_time import block, drag, point, saved


def test_a_new_calendar_has_usual_hours_in_the_readers_zone(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars?new=1", "#set-name")
    expect(page.locator("#set-zone")).to_have_value("Europe/Berlin")
    assert page.locator("#set-zone-all option").count() > 300
    page.locator("#set-name").fill("Norway")
    page.locator("#set-zone").fill("Europe/Oslo")
    page.locator("#set-holidays").select_option("NO")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Mon–Fri 09:00–17:00")
    [(method, body)] = admin.written("/calendars")
    assert (method, body["name"], body["zone"]) == ("POST", "Norway", "Europe/Oslo")
    assert body["hours"] == {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    assert (body["holidays"], body["exceptions"]) == ({"country": "NO", "part": None}, [])


def test_holidays_are_those_of_a_country_and_its_part(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.clock.set_fixed_time("2026-11-20T12:00:00Z")
    open_at(page, admin, "calendars/C1", "#set-name")
    expect(page.locator("#set-holidays")).to_have_value("DE")
    expect(page.locator(".folded summary")).to_have_text(["3 holidays in 2026", "1 holiday in 2027"])
    page.locator(".folded summary").first.click()
    expect(page.locator(".holiday-names").first).to_contain_text("Erster Weihnachtstag")
    page.locator("[name='holidays.part']").select_option("BY")
    expect(page.locator(".folded")).to_have_count(0)
    assert saved(page, admin) == {"holidays": {"country": "DE", "part": "BY"}}


def test_special_days_have_their_own_hours_or_none(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    page.get_by_role("button", name="Add a day").click()
    expect(page.locator("[name='exceptions.1.date']")).to_be_focused()
    page.locator("[name='exceptions.1.name']").fill("Summer party")
    page.keyboard.press("Control+s")
    expect(page.locator("#set-exceptions .bad")).to_have_text("Choose a date.")
    page.locator("[name='exceptions.1.date']").fill("2027-07-02")
    page.get_by_role("button", name="Add hours on Christmas Eve").click()
    page.locator("[name='exceptions.0.hours.1.1']").fill("15")
    eve = {"date": "2026-12-24", "name": "Christmas Eve", "hours": [["09:00", "12:00"], ["13:00", "15:00"]]}
    party = {"date": "2027-07-02", "name": "Summer party", "hours": []}
    assert saved(page, admin) == {"exceptions": [eve, party]}


def test_a_day_that_is_named_twice_is_marked(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/exceptions/1/date", "code": "twice", "message": "this date is named before"}
    admin.settings.refusals["PATCH /calendars/C1"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    page.get_by_role("button", name="Add a day").click()
    page.locator("[name='exceptions.1.date']").fill("2026-12-24")
    saved(page, admin)
    expect(page.locator("#set-exceptions .bad")).to_have_text("This is there twice.")
    expect(page.locator("[name='exceptions.1.date']")).to_be_focused()


def aside(page: Page) -> Any:
    return page.locator(".set-aside")


def test_it_is_told_when_it_is_open_and_what_eight_hours_are(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.clock.set_fixed_time("2026-11-20T16:00:00Z")
    open_at(page, admin, "calendars/C1", "#set-name")
    expect(aside(page)).to_contain_text("Open until 18:00")
    expect(aside(page)).to_contain_text("Mon 23 Nov, 17:00")
    page.clock.set_fixed_time("2026-12-23T18:00:00Z")
    page.reload()
    expect(aside(page)).to_contain_text("Opens Thu 24 Dec, 09:00")
    expect(aside(page)).to_contain_text("Mon 28 Dec, 15:00")
    page.locator("#set-zone").fill("America/New_York")
    expect(aside(page)).to_contain_text("Now in New York")
    expect(aside(page)).to_contain_text("Opens 13:30")
    page.locator("#set-zone").fill("Nowhere")
    expect(aside(page)).not_to_contain_text("Now in")


def test_a_calendar_that_policies_count_by_stays(admin: CannedDesk, new_page: Any) -> None:
    refusal = {"code": "in_use", "detail": "no", "by": ["Gold"]}
    admin.settings.refusals["DELETE /calendars/C1"] = (409, refusal)
    page = new_page()
    open_at(page, admin, "calendars/C1", "#set-name")
    page.get_by_role("button", name="Take Office out of use?").click()
    page.locator(".ask .danger").click()
    words = "These SLA policies count by it: Gold. Give them another calendar first."
    expect(page.locator(".ask .alert")).to_have_text(words)


def test_on_a_phone_days_are_rows(admin: CannedDesk, new_page: Any) -> None:
    page = new_page(width=390)
    open_at(page, admin, "calendars/C2", "#set-name")
    drag(page, ("mon", 8 * 60), ("mon", 12 * 60))
    expect(block(page, "mon")).to_have_attribute("aria-label", "Monday 8–12")
    drag(page, ("mon", 12 * 60 - 12), ("mon", 14 * 60))
    expect(block(page, "mon")).to_have_attribute("aria-label", "Monday 8–14")


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger on the screen."""
    session = page.context.new_cdp_session(page)
    steps = [(start[0] + (end[0] - start[0]) * at / 8, start[1] + (end[1] - start[1]) * at / 8) for at in range(9)]
    for at, (x, y) in enumerate(steps):
        kind = "touchMove" if at else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("width", [390, 1024])
def test_a_finger_that_scrolls_moves_no_hours(admin: CannedDesk, new_page: Any, width: int) -> None:
    page = new_page(width=width)
    open_at(page, admin, "calendars/C1", "#set-name")
    x, y = point(page, "fri", 15 * 60)
    swipe(page, (x, y), (x, y - 150))
    page.wait_for_function("() => document.querySelector('.set-body').scrollTop > 50")
    expect(block(page, "fri", 1)).to_have_attribute("aria-label", "Friday 13:30–18")
    expect(page.locator(".week-block[data-held]")).to_have_count(0)


def test_who_may_not_write_reads_all_of_it(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"role": "agent", "permissions": ["tickets:read", "settings:read"]}
    page = new_page()
    open_at(page, admin, "calendars/C1", ".set-editor .alert")
    expect(page.locator(".week-block")).to_have_count(10)
    expect(page.locator(".week-block[tabindex]")).to_have_count(0)
    drag(page, ("sat", 600), ("sat", 700))
    expect(page.locator(".week-block")).to_have_count(10)
    assert page.locator(".set-form :is(input, select):enabled, .set-form button:visible").count() == 0
