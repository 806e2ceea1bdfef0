"""RT-05, AD-09, part2_8: how a team gives its tickets out is tried on the last days; how load is counted is kept."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk, ready
from tests.browser.canned_routing import ROUTED, team
from tests.browser.canned_simulation import LOADS, routed
from tests.browser.test_settings import open_at

ASKED = "POST /simulations/routing"


@pytest.fixture
def automatic(admin: CannedDesk) -> CannedDesk:
    """A desk whose first team gives its tickets out."""
    admin.settings.records["/teams"][0] |= team(routing=ROUTED)
    return admin


def card(page: Page) -> Locator:
    return page.locator("routing-trial")


def button(page: Page, name: str = "Try") -> Locator:
    return card(page).get_by_role("button", name=name, exact=True)


def tried(page: Page, desk: CannedDesk, path: str = "teams/T1", field: str = "#set-name") -> Locator:
    """Open the form, try it, and give what is said of it."""
    open_at(page, desk, path, field)
    button(page).click()
    expect(button(page, "Run again")).to_be_visible()
    return card(page).get_by_role("status").nth(1)


def refuse(desk: CannedDesk, status: int, *faults: tuple[str, str]) -> None:
    errors = [{"pointer": pointer, "code": "wrong", "message": message} for pointer, message in faults]
    desk.settings.refusals[ASKED] = (status, {"code": "x", "detail": "Not now.", "errors": errors})


def test_rt05_the_draft_is_tried_as_it_stands_and_nothing_is_kept(automatic: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, automatic, "teams/T1", "#set-name")
    expect(card(page)).to_contain_text("Nothing is saved.")
    page.locator("[name='routing.language']").select_option("require")
    page.locator("[name='routing.requires.0.level']").select_option("5")
    button(page).focus()
    page.keyboard.press("Enter")
    [(method, body)] = automatic.written("/simulations/routing")
    drafted = ROUTED | {"language": "require", "requires": [{"skill": "Electrics", "level": 5}]}
    assert (method, body) == ("POST", {"id": "T1", "routing": drafted, "days": 30})
    expect(button(page, "Run again")).to_be_focused()
    assert automatic.written("/teams", 0) == []


def test_rt05_owners_loads_and_waits_are_drawn_with_what_is_assumed(automatic: CannedDesk, new_page: Any) -> None:
    page = new_page()
    said = tried(page, automatic)
    expect(said).to_contain_text("24 tickets would have another owner. Of 67 that had to find somebody.")
    expect(said.get_by_role("listitem")).to_have_text(
        ["3 would have had to wait for somebody.", "One would have nobody at the end."]
    )
    rows = card(page).locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("th, td .num")).to_have_text(["Mara Lindqvist", "9", "20 %", "33", "85 %"])
    expect(card(page)).to_contain_text("Between who got most and least: 49 before, 1 with this change.")
    first = card(page).locator(".routing-found > li").first
    expect(first.get_by_role("link")).to_have_attribute("href", "/agent/views/open/tickets/1001")
    expect(first.locator("del")).to_have_text("Nobody")
    expect(first.locator("ins")).to_have_text("Mara Lindqvist")
    expect(card(page).locator(".routing-found > li").nth(1)).to_contain_text("had the least to do (1 of 20)")
    expect(card(page).locator(".routing-waits > li").last).to_contain_text("still waiting")
    card(page).get_by_text("What this takes for granted").click()
    expect(card(page).locator(".routing-assumed li").last).to_contain_text("Left out: (5)")


def test_rt05_a_later_change_makes_the_answer_old_and_an_empty_one_says_so(
    automatic: CannedDesk, new_page: Any
) -> None:
    page = new_page()
    empty = routed(tickets=0, moved=0, same=0, waited=0, without_owner=0, found=[], unmatched=[], load=[])
    automatic.settings.refusals[ASKED] = (200, empty)
    said = tried(page, automatic)
    expect(said).to_have_text("In these days no ticket had to find anybody.")
    page.locator("[name='routing.sticky']").uncheck()
    expect(card(page)).to_contain_text("This is of an earlier draft.")


def test_part2_8_what_is_wrong_stands_at_its_field_and_what_fails_is_said(automatic: CannedDesk, new_page: Any) -> None:
    page = new_page()
    refuse(automatic, 422, ("/routing/requires/0/skill", "each skill once"))
    open_at(page, automatic, "teams/T1", "#set-name")
    button(page).click()
    expect(card(page)).to_contain_text("First put right what is marked in the form.")
    expect(page.locator(".set-form")).to_contain_text("each skill once")
    refuse(automatic, 503)
    button(page, "Try again").click()
    expect(card(page)).to_contain_text("Not now.")
    automatic.settings.refusals.pop(ASKED)
    button(page, "Try again").click()
    expect(card(page).locator("tbody tr")).to_have_count(2)


def test_a_team_that_gives_out_by_hand_is_not_tried(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    expect(card(page)).to_have_count(0)
    page.locator("[name='routing.mode']").select_option("automatic")
    expect(button(page)).to_be_visible()


def test_rt05_how_load_is_counted_is_tried_and_kept(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "load", "#set-default_capacity")
    page.locator("#set-default_capacity").fill("12")
    page.get_by_label("Chat").fill("3")
    page.get_by_label("Mail", exact=True).fill("2")
    button(page).click()
    expect(card(page).locator("tbody tr")).to_have_count(2)
    drafted = {"default_capacity": 12, "channel_weights": {"chat": 3, "mail": 2}}
    assert admin.written("/simulations/routing") == [("POST", {"organisation": drafted, "days": 30})]
    page.keyboard.press("Control+s")
    assert admin.written("/organisation") == [("PATCH", drafted)]
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".set-buttons .primary")).to_be_disabled()


def test_rt05_a_weight_that_cannot_be_is_refused_at_its_field(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wrong = {"pointer": "/channel_weights/chat", "code": "less_than_equal", "message": "at most 100"}
    admin.settings.refusals["PATCH /organisation"] = (422, {"code": "invalid", "detail": "no", "errors": [wrong]})
    open_at(page, admin, "load", "#set-default_capacity")
    page.get_by_label("Chat").fill("300")
    page.keyboard.press("Control+s")
    expect(page.get_by_label("Chat")).to_be_focused()
    expect(page.get_by_label("Chat")).to_have_attribute("aria-invalid", "true")


def test_rt05_the_trial_of_a_rule_shows_the_load_of_each(admin: CannedDesk, new_page: Any) -> None:
    from tests.browser.canned_rules import simulated

    admin.settings.describe()
    admin.settings.refusals["POST /simulations/rule"] = (200, simulated(**LOADS))
    page = new_page()
    open_at(page, admin, "rules", ".set-link")
    page.locator(".set-link").first.click()
    ready(page, "rule-trial")
    page.locator("rule-trial").get_by_role("button", name="Try", exact=True).click()
    expect(page.locator("rule-trial tbody tr")).to_have_count(2)
