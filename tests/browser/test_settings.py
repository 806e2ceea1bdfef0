"""The settings screens: who may open them, making and changing records, what happens when the server refuses."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready
from tests.browser.canned_settings import ADMIN


@pytest.fixture
def admin(desk: CannedDesk) -> CannedDesk:
    """The canned desk with an administrator signed in."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    return desk


SEEN = [
    *("Statuses", "Priorities", "Topics", "Fields", "Forms", "Tags", "Closing"),
    *("Calendars", "SLA policies", "Rules", "Views"),
    *("Colleagues", "Teams", "Load", "Coverage", "Notices", "Roles"),
    *("Mailboxes", "Mail templates", "Incoming mail", "Mail domains"),
]


def open_at(page: Page, desk: CannedDesk, path: str, ready: str = ".set-link") -> None:
    page.goto(f"{desk.origin}/agent/settings/{path}")
    page.wait_for_selector(ready)


def test_only_sections_that_one_may_open_are_shown(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"role": "agent", "permissions": ["tickets:read", "people:read", "settings:read"]}
    page = new_page()
    open_at(page, desk, "", ".set-menu .view")
    assert page.locator(".set-menu .view").all_text_contents() == SEEN
    assert page.locator("a[href$='?new=1'], .set-buttons").count() == 0
    open_at(page, desk, "teams/T1", ".set-editor .alert")
    expect(page.locator("#set-name")).to_be_disabled()
    for section in ("keys", "nothing"):
        page.goto(f"{desk.origin}/agent/settings/{section}")
        expect(page.locator(".settings .state")).to_contain_text("You can’t open this")


def test_without_any_permission_there_is_no_way_in(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"role": "R9", "permissions": ["tickets:read"]}
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    assert page.locator(".rail [aria-label=Settings]").count() == 0
    page.keyboard.press("Control+,")
    assert page.url.endswith("/views/open")


def test_a_team_is_made_and_changed_by_keyboard_alone(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{admin.origin}/agent/views/open")
    ready(page, ".ticket")
    page.keyboard.press("Control+k")
    page.keyboard.type("Teams")
    page.keyboard.press("Enter")
    page.wait_for_selector(".set-link")
    page.locator("a", has_text="New team").press("Enter")
    expect(page.locator("#set-name")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.locator("#set-name-hint")).to_have_text("Fill this in.")
    page.keyboard.type("Returns")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page] .set-title")).to_have_text("Returns")
    page.locator("#set-name").fill("Returns and repairs")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("Returns and repairs is saved")
    page.locator(".set-head h1").click()
    page.keyboard.press("z")
    expect(page.locator(".set-link[aria-current=page] .set-title")).to_have_text("Returns")
    names = [body["name"] for _, body in admin.written("/teams", 3)]
    assert names == ["Returns", "Returns and repairs", "Returns"]
    assert admin.settings.versions == ["1", "2"]


def test_j_and_k_walk_the_list(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "roles")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Administrator")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Team lead")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text("Administrator")


def test_what_the_server_refuses_stands_at_its_field(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/networks/1", "code": "not_a_network", "message": "such as 203.0.113.0/24"}
    admin.settings.refusals["POST /api-keys"] = (422, {"code": "invalid", "detail": "No.", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "keys?new=1", "#set-name")
    page.locator("#set-name").fill("Sync")
    page.locator("#set-networks").fill("203.0.113.0/24\nnonsense")
    page.keyboard.press("Control+s")
    expect(page.locator("#set-networks-hint")).to_contain_text("Line 2 is no network")
    expect(page.locator("#set-networks")).to_be_focused()
    expect(page.locator("#set-networks")).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("x")
    expect(page.locator("#set-networks")).to_have_attribute("aria-invalid", "false")


def test_a_failed_change_goes_back_and_keeps_what_was_written(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    admin.broken = "/teams"
    page.locator("#set-name").fill("Devices")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-form .alert")).to_contain_text("The table did not answer.")
    expect(page.locator(".set-link[aria-current=page] .set-title")).to_have_text("Hardware")
    expect(page.locator("#set-name")).to_have_value("Devices")


def test_a_change_that_crossed_another_shows_both(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    admin.settings.records["/teams"][0].update(name="Chargers", version=5)
    page.locator("#set-name").fill("Devices")
    page.keyboard.press("Control+s")
    expect(page.locator(".differences tbody")).to_contain_text("ChargersDevices")
    with page.expect_response("**/v1/teams/T1"):
        page.get_by_role("button", name="Save mine").click()
    expect(page.locator(".differences")).to_have_count(0)
    assert admin.settings.records["/teams"][0]["name"] == "Devices"
    assert admin.settings.versions == ["1", "5"]


def test_taking_theirs_drops_ours(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    admin.settings.records["/teams"][0].update(name="Chargers", version=5)
    page.locator("#set-name").fill("Devices")
    page.keyboard.press("Control+s")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.locator("#set-name")).to_have_value("Chargers")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def test_what_is_not_saved_is_not_left_without_a_question(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams")
    page.locator(".set-link").first.click()
    page.locator("#set-name").fill("Devices")
    page.locator(".set-link").nth(1).click()
    expect(page.locator(".ask")).to_contain_text("Leave without saving?")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#set-name")).to_have_value("Devices")
    page.evaluate("() => history.back()")
    expect(page.locator(".ask")).to_be_visible()
    expect(page).to_have_url(f"{admin.origin}/agent/settings/teams/T1")
    page.get_by_role("button", name="Discard changes").last.click()
    expect(page).to_have_url(f"{admin.origin}/agent/settings/teams")
    assert admin.written("/teams", 0) == []


def test_the_own_row_follows_what_others_do(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    admin.settings.records["/teams"][0].update(name="Chargers", version=5)
    page.evaluate("() => document.dispatchEvent(new CustomEvent('desk-set', {detail: 'team'}))")
    expect(page.locator("#set-name")).to_have_value("Chargers")


def test_an_empty_list_says_why_and_has_one_button(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.records["/api-keys"].clear()
    page = new_page()
    open_at(page, admin, "keys", ".settings .state")
    expect(page.locator(".settings .state")).to_contain_text("No API keys yet")
    assert page.locator(".settings a[href$='/keys?new=1']").count() == 1


def test_a_list_that_fails_says_so_and_recovers(admin: CannedDesk, new_page: Any) -> None:
    admin.broken = "/roles"
    page = new_page()
    open_at(page, admin, "roles", ".settings .state")
    expect(page.locator(".settings .state")).to_contain_text("01TEST")
    admin.broken = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".set-link")).to_have_count(5)


def test_settings_that_cannot_be_fetched_say_so(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.route("**/settings/settings.js", lambda route: route.abort())
    page.goto(f"{admin.origin}/agent/settings/teams")
    expect(page.locator(".page .state")).to_contain_text("The settings did not load")


@pytest.mark.parametrize(("width", "path", "seen", "hidden"), [
    (390, "", ".set-menu", ".settings"),
    (390, "teams", ".set-list", ".set-menu"),
    (390, "teams/T1", ".set-editor", ".set-list"),
    (1024, "teams/T1", ".set-menu", ".set-list"),
])  # fmt: skip
def test_one_pane_at_a_time_where_there_is_less_room(
    admin: CannedDesk, new_page: Any, width: int, path: str, seen: str, hidden: str
) -> None:
    page = new_page(width=width)
    open_at(page, admin, path, seen)
    expect(page.locator(hidden)).to_be_hidden()
    assert page.locator(seen).bounding_box()["width"] >= (208 if seen == ".set-menu" and width > 390 else width)
