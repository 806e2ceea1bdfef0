"""AD-02, AD-03: a file is chosen, tried, read row by row, and only then imported."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_settings import ADMIN
from tests.browser.test_accessibility import faults
from tests.browser.test_settings import open_at

FILE = "/imports/people"


@pytest.fixture
def admin(desk: CannedDesk) -> CannedDesk:
    """The canned desk with an administrator signed in."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    return desk


def choose(page: Page, *keys: str) -> None:
    text = "email,skills\n" + "\n".join(f"{key}@acme.test,x" for key in keys)
    file: Any = {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("settings-import input[type=file]").set_input_files(file)


def said(page: Page) -> Any:
    return page.locator("settings-import [role=status]")


def test_ad03_a_file_is_tried_first_and_then_imported(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "colleagues", ".set-link")
    page.get_by_role("link", name="Import from CSV").click()
    expect(page.get_by_role("link", name="Sample file")).to_have_attribute("href", "/v1/imports/people?sample=1")
    choose(page, "sam", "mara")
    expect(said(page)).to_contain_text("people.csv: This would come of it: 1 changed, 1 as they are.")
    expect(said(page)).to_contain_text("Columns that mean nothing here: Unit")
    rows = page.locator(".import-rows tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Billing:1becomesBilling:1;Soldering:3")
    expect(rows).to_contain_text("(nothing)")
    [(_, tried)] = admin.written(FILE)
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.locator(".toast")).to_have_text("Imported: 0 new, 1 changed")
    expect(said(page)).to_contain_text("This came of it: 1 changed")
    expect(page.locator(".set-foot")).to_have_count(0)
    assert admin.written(FILE, 2)[1] == ("POST", tried), "the same file, not a dry run any more"


def test_a_fault_names_row_and_cell_and_keeps_all_from_being_imported(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "colleagues?import=1", "settings-import h1")
    choose(page, "wrong", "sam")
    fault = page.locator(".import-rows tr", has_text="wrong@acme.test")
    expect(fault).to_contain_text("2wrong@acme.test")
    expect(fault.locator("li")).to_contain_text("Skills Input should be less than or equal to 5")
    expect(page.locator(".set-foot")).to_contain_text("Nothing is imported while a row has a fault.")
    assert faults(page) == [], "axe"
    expect(page.get_by_role("button", name="Import 1 row")).to_be_disabled()
    choose(page, "mara")
    expect(page.locator(".set-foot")).to_contain_text("Everything is like that already.")


def test_who_is_not_here_is_invited_only_when_that_is_chosen(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "colleagues?import=1", "settings-import h1")
    choose(page, "new")
    expect(page.locator(".import-rows")).to_contain_text("nobody here has this address")
    page.get_by_label("Invite those who are not here yet").check()
    expect(said(page)).to_contain_text("1 new")
    expect(page.get_by_role("button", name="Import 1 row")).to_be_enabled()


def test_what_is_no_such_file_or_could_not_be_done_is_said(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/csv", "code": "no_key", "message": "a column 'email'"}
    admin.imports.refusal = (422, {"code": "invalid", "detail": "this file cannot be read", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "colleagues?import=1", "settings-import h1")
    choose(page, "sam")
    expect(said(page).locator(".alert")).to_contain_text("this file cannot be read: a column 'email'")
    expect(page.locator(".import-rows")).to_have_count(0)
    page.get_by_role("button", name="Try again").click()
    expect(said(page)).to_contain_text("1 changed")
    choose(page, "late")
    expect(page.locator(".import-rows")).to_contain_text("late@acme.test")
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.locator(".toast")).to_contain_text("Not all of it was imported.")
    expect(page.locator(".import-rows")).to_contain_text("this person has changed meanwhile")


def test_ad02_teams_have_it_too_by_keyboard_on_a_phone_and_not_for_everybody(admin: CannedDesk, new_page: Any) -> None:
    page = new_page(width=390, theme="dark", locale="de-DE")
    open_at(page, admin, "teams", ".set-link")
    page.get_by_role("link", name="Aus CSV importieren").focus()
    page.keyboard.press("Enter")
    expect(page.locator("settings-import h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_file_chooser() as chooser:
        page.locator("settings-import input[type=file]").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files([{"name": "teams.csv", "mimeType": "text/csv", "buffer": b"name\nsam\n"}])
    expect(page.locator(".import-rows")).to_contain_text("Geändert")
    assert faults(page) == [], "axe, on a phone, in the dark"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    admin.role = admin.role | {"permissions": ["settings:read", "tickets:read", "people:read"]}
    other = new_page()
    open_at(other, admin, "teams", ".set-link")
    expect(other.get_by_role("link", name="Import from CSV")).to_have_count(0)
