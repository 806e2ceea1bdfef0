"""A policy is tried on the last days: the draft is sent as it stands, and what it comes to is drawn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_simulation import NONE, count, simulated, unmoved
from tests.browser.test_settings import open_at
from tests.browser.test_settings_sla import cell

ASKED = "POST /simulations"


def card(page: Page) -> Locator:
    return page.locator(".sla-trial")


def button(page: Page, name: str = "Try") -> Locator:
    return card(page).get_by_role("button", name=name, exact=True)


def tried(page: Page, desk: CannedDesk, path: str = "sla/L1") -> Locator:
    """Open a policy, try it, and give what is said of it."""
    open_at(page, desk, path, "#set-name")
    button(page).click()
    expect(button(page, "Run again")).to_be_visible()
    return card(page).get_by_role("status").nth(1)


def refuse(desk: CannedDesk, status: int, *faults: tuple[str, str], detail: str = "no") -> None:
    errors = [{"pointer": pointer, "code": "wrong", "message": message} for pointer, message in faults]
    desk.settings.refusals[ASKED] = (status, {"code": "x", "detail": detail, "errors": errors})


def test_the_draft_is_tried_as_it_stands(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla/L1", "#set-name")
    expect(card(page).get_by_role("heading")).to_have_text("Try it on the last 30 days")
    cell(page, "High", "First reply").fill("15 m")
    page.locator("#set-calendar_id").select_option("")
    button(page).focus()
    page.keyboard.press("Enter")
    [(method, body)] = admin.written("/simulations")
    policy = body.pop("policy")
    assert (method, body) == ("POST", {"kind": "sla_policy", "id": "L1", "days": 30})
    assert policy.pop("targets")["first_response"] == {"high": 15, "low": 480}
    usual = {"pause_in": ["waiting", "on_hold"], "warn_at_percent": 75}
    assert policy == {"name": "Gold", "filter": "company:acme", "calendar_id": None} | usual
    expect(button(page, "Run again")).to_be_focused()
    assert admin.written("/sla-policies", 0) == []


def test_what_it_comes_to_is_drawn(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    said = tried(page, admin)
    expect(said.locator(".trial-sum > span")).to_have_text(["96.1 % met before", "91.4 % with this change"])
    expect(said.get_by_role("listitem")).to_have_text(["met 376", "newly late 19", "late anyway 16"])
    widths = [box["width"] for part in said.locator(".trial-bar > span").all() if (box := part.bounding_box())]
    assert widths[0] / sum(widths) == pytest.approx(376 / 411, abs=0.01)
    assert widths[1] > widths[2]
    rows = ["First reply 99 % 92 %", "Next reply 93.7 % 92.1 %", "Update –nothing promised 100 %"]
    rows.append("Solve 92.7 % 87.6 %")
    lines = page.locator(".trial-targets tbody tr").all()
    assert [re.sub(r"\s+", " ", " ".join(line.locator("th, td").all_text_contents())) for line in lines] == rows
    expect(card(page)).to_contain_text("412 tickets were looked at. 4 promises are still open.")
    assert "stopped early" not in card(page).inner_text()


def test_what_would_be_late_is_a_way_to_its_ticket(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    tried(page, admin)
    links = card(page).get_by_role("link")
    expect(links).to_have_count(10)
    expect(links.first).to_have_text(re.compile(r"^#1001 · First reply · due\s20\sNov(?:\s2026)?\s10:30$"))
    expect(links.first).to_have_attribute("href", "/agent/views/open/tickets/1001")
    expect(card(page)).to_contain_text("and 9 more")


def test_a_new_one_needs_no_name_yet(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "sla?new=1", "#set-name")
    button(page).click()
    expect(cell(page, "High", "First reply")).to_be_focused()
    expect(page.locator("#set-targets > .bad")).to_have_text("Promise something: fill in one time at least.")
    expect(card(page).get_by_role("status").first).to_have_text("First put right what is marked in the form.")
    assert admin.written("/simulations", 0) == []
    page.keyboard.type("1h")
    expect(card(page).get_by_role("status").first).to_be_empty()
    button(page).click()
    [(_, body)] = admin.written("/simulations")
    assert (body["id"], body["policy"]["name"]) == (None, "New policy")
    assert body["policy"]["targets"] == {"first_response": {"high": 60}}
    expect(page.locator("#set-targets > .bad")).to_have_count(0)


def test_after_a_change_it_is_of_an_earlier_draft(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    said = tried(page, admin)
    note = card(page).get_by_role("status").first
    expect(note).to_be_empty()
    cell(page, "Low", "Solve").fill("1d")
    expect(note).to_have_text("This is of an earlier draft.")
    expect(said).to_contain_text("91.4 %")
    admin.settings.refusals[ASKED] = (200, unmoved())
    button(page, "Run again").click()
    expect(said).to_contain_text("It makes no difference")
    expect(note).to_be_empty()
    assert [body["policy"]["targets"]["resolution"]["low"] for _, body in admin.written("/simulations", 2)] == [
        7200,
        1440,
    ]
    page.locator(".set-link", has_text="Everybody").click()
    page.get_by_role("button", name="Discard").last.click()
    expect(button(page)).to_be_visible()
    expect(said).to_be_empty()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (unmoved(), "It makes no difference: as many promises are met, and none is newly late."),
        (
            simulated(before=NONE, after=NONE, by_target=[], newly_late=[], late_anyway=0),
            "Nothing was promised in these days that was due.",
        ),
        (
            simulated(before=NONE, after=count(9, 1), newly_late=[], late_anyway=0),
            "Nothing promised before 90 % with this change",
        ),
        (simulated(after=count(400, 11), no_longer_late=5, late_anyway=11), "5 promises would no longer be late."),
        (simulated(before=count(5000, 1), after=count(5000, 0), late_anyway=0), "99.9 % met before 100 % with"),
        (simulated(all=False), "It stopped early: these days had more."),
    ],
)
def test_what_there_is_to_say(admin: CannedDesk, new_page: Any, answer: dict[str, Any], words: str) -> None:
    admin.settings.refusals[ASKED] = (200, answer)
    page = new_page()
    tried(page, admin)
    assert words in re.sub(r"\s+", " ", card(page).inner_text())


def test_while_it_counts_the_button_is_busy(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/simulations", hold)
    open_at(page, admin, "sla/L1", "#set-name")
    with page.expect_request("**/v1/simulations"):
        button(page).click()
    expect(button(page)).to_have_attribute("aria-busy", "true")
    expect(card(page).get_by_role("status").first).to_have_text("Counting…")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(button(page, "Run again")).to_have_attribute("aria-busy", "false")
    assert len(held) == 1
    expect(button(page, "Run again")).to_be_focused()


def test_what_is_refused_stands_at_its_fields(admin: CannedDesk, new_page: Any) -> None:
    refuse(admin, 422, ("/policy/targets/resolution/low", "too long"), ("/policy/filter#3", "no such field"))
    page = new_page()
    open_at(page, admin, "sla/L1", "#set-name")
    button(page).click()
    expect(page.locator("#set-filter")).to_be_focused()
    expect(page.locator("#set-filter-hint")).to_contain_text("no such field")
    expect(page.locator(".cell-problem")).to_have_text("Solve: too long")
    expect(card(page).get_by_role("status").first).to_have_text("First put right what is marked in the form.")
    expect(page.locator(".set-form > .alert")).to_have_count(0)
    admin.settings.refusals.clear()
    button(page).click()
    expect(button(page, "Run again")).to_be_visible()
    expect(page.locator(".cell-problem, [aria-invalid=true]")).to_have_count(0)


def test_what_else_goes_wrong_is_said_and_tried_again(admin: CannedDesk, new_page: Any) -> None:
    refuse(admin, 503, detail="There is too much to count.")
    page = new_page()
    open_at(page, admin, "sla/L1", "#set-name")
    button(page).click()
    expect(card(page).get_by_role("status").first).to_have_text("There is too much to count.")
    expect(page.locator(".set-form .bad")).to_have_count(0)
    refuse(admin, 422, ("/days", "at most 20"))
    button(page, "Try again").click()
    expect(card(page).get_by_role("status").first).to_have_text("at most 20")
    page.route("**/v1/simulations", lambda route: route.abort())
    button(page, "Try again").click()
    expect(card(page).get_by_role("status").first).to_contain_text("The server cannot be reached.")
    page.unroute("**/v1/simulations")
    admin.settings.refusals.clear()
    button(page, "Try again").click()
    expect(card(page).get_by_role("status").nth(1)).to_contain_text("91.4 %")


def test_who_may_not_write_tries_nothing(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"role": "agent", "permissions": ["tickets:read", "settings:read"]}
    page = new_page()
    open_at(page, admin, "sla/L1", ".set-editor .alert")
    expect(page.locator(".meanings li").first).to_be_visible()
    expect(card(page)).to_have_count(0)


def test_it_speaks_german(admin: CannedDesk, new_page: Any) -> None:
    page = new_page(locale="de-DE")
    open_at(page, admin, "sla/L1", "#set-name")
    button(page, "Probieren").click()
    sums = card(page).locator(".trial-sum > span")
    expect(sums).to_have_text(["Bisher 96,1 % gehalten", "91,4 % mit dieser Änderung"])
    expect(card(page).get_by_role("link").first).to_contain_text("#1001 · Erste Antwort · fällig 20. Nov.")
