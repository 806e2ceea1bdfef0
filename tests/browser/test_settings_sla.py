"""SLA policies in the settings: the grid of promises, what it comes to, their order, and who may change them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at


def cell(page: Page, priority: str, target: str) -> Locator:
    return page.get_by_role("textbox", name=f"{priority}, {target}")


def test_the_list_says_what_is_promised(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla")
    words = ["First reply 30 m to 8 h · Solve 4 h to 5 d", "First reply 1h 30m"]
    expect(page.locator(".set-text")).to_have_text(words)
    expect(page.locator(".set-link .tag")).to_have_text(["Office", "Around the clock"])


def test_a_policy_is_made_by_keyboard(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla?new=1", "#set-name")
    expect(page.locator(".targets tbody th")).to_have_text(["High", "Low"])
    page.keyboard.type("Silver")
    for written in ("tag:silver", "1h 30m", "2 h", "", "2 d"):
        page.keyboard.press("Tab")
        page.keyboard.type(written)
    page.locator("#set-calendar_id").select_option("C1")
    page.get_by_role("checkbox", name="On hold").uncheck()
    page.locator("#set-warn_at_percent").select_option("90")
    words = "High: a first reply within 1h 30m, every next reply within 2 h, a solution within 2 d."
    expect(page.locator(".meanings li").first).to_have_text(words)
    expect(page.locator(".meanings li").nth(1)).to_have_text("Low: nothing is promised.")
    expect(page.locator(".set-aside")).to_contain_text("Counted in: Office.")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Silver")
    [(method, body)] = admin.written("/sla-policies")
    assert method == "POST"
    targets = {"first_response": {"high": 90}, "next_response": {"high": 120}, "resolution": {"high": 2880}}
    assert body == {
        "name": "Silver",
        "filter": "tag:silver",
        "targets": targets,
        "calendar_id": "C1",
        "pause_in": ["waiting"],
        "warn_at_percent": 90,
    }


def test_what_is_no_time_is_marked_at_its_cell(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla/L1", "#set-name")
    cell(page, "High", "Update").fill("abc")
    expect(page.locator(".cell-problem")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.locator(".cell-problem")).to_have_text("Update: write a time such as 30 m, 2 h or 2 d")
    page.keyboard.press("Control+s")
    expect(cell(page, "High", "Update")).to_be_focused()
    expect(cell(page, "High", "Update")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "High", "First reply")).to_have_attribute("aria-invalid", "false")
    cell(page, "High", "Update").fill("1.5 hours")
    cell(page, "Low", "Solve").fill("")
    expect(page.locator(".cell-problem")).to_have_count(0)
    expect(cell(page, "High", "Update")).to_have_value("1h 30m")
    page.keyboard.press("Control+s")
    [(method, body)] = admin.written("/sla-policies")
    assert (method, list(body)) == ("PATCH", ["targets"])
    assert (body["targets"]["update"], body["targets"]["resolution"]) == ({"high": 90}, {"high": 240})


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("90m", 90), ("2H", 120), ("1,5 d", 2160), ("1 Std 30 Min", 90), ("3 Tage", 4320)],
)
def test_times_are_read_as_people_write_them(admin: CannedDesk, new_page: Any, typed: str, minutes: int) -> None:
    page = new_page()
    open_at(page, admin, "sla/L2", "#set-name")
    cell(page, "High", "First reply").fill(typed)
    page.keyboard.press("Control+s")
    if minutes == 90:
        expect(cell(page, "High", "First reply")).to_have_value("1h 30m")
        return
    [(_, body)] = admin.written("/sla-policies")
    assert body == {"targets": {"first_response": {"high": minutes}}}


def test_a_policy_promises_something(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla/L2", "#set-name")
    cell(page, "High", "First reply").fill("")
    page.keyboard.press("Control+s")
    expect(page.locator("#set-targets > .bad")).to_have_text("Promise something: fill in one time at least.")
    assert admin.written("/sla-policies", 0) == []


def test_what_the_server_refuses_stands_at_its_cell(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/targets/resolution/low", "code": "unknown", "message": "there is no such priority"}
    admin.settings.refusals["PATCH /sla-policies/L1"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "sla/L1", "#set-name")
    cell(page, "Low", "Solve").fill("3d")
    page.keyboard.press("Control+s")
    expect(page.locator(".cell-problem")).to_have_text("Solve: there is no such priority")
    expect(cell(page, "Low", "Solve")).to_be_focused()


def test_without_calendars_there_is_a_way_to_them(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.records["/calendars"].clear()
    page = new_page()
    open_at(page, admin, "sla?new=1", "#set-name")
    expect(page.locator("#set-calendar_id option")).to_have_text(["Around the clock"])
    page.locator("#set-calendar_id-hint a").click()
    expect(page.locator(".set-list h1")).to_have_text("Calendars")


def test_the_order_of_policies_is_kept(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla")
    page.get_by_role("button", name="Move Gold").press("ArrowDown")
    expect(page.locator(".set-title")).to_have_text(["Everybody", "Gold"])
    assert admin.written("/sla-policies/order") == [("PUT", {"ids": ["L2", "L1"]})]


def test_who_may_not_write_reads_all_of_it(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"role": "agent", "permissions": ["tickets:read", "settings:read"]}
    page = new_page()
    open_at(page, admin, "sla/L1", ".set-editor .alert")
    expect(cell(page, "High", "First reply")).to_have_value("30 m")
    assert page.locator(".set-form :is(input, select, textarea):enabled").count() == 0
    assert page.locator(".set-grip").count() == 0


def test_the_grid_speaks_german(admin: CannedDesk, new_page: Any) -> None:
    page = new_page(locale="de-DE")
    open_at(page, admin, "sla/L2", "#set-name")
    field = page.get_by_role("textbox", name="Hoch, Erste Antwort")
    expect(field).to_have_value("1 Std 30 Min")
    field.fill("2 t")
    page.keyboard.press("Tab")
    expect(field).to_have_value("2 T")
