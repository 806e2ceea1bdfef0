"""AD-02, AD-03, AD-08, RT-03..RT-08 on the screens: skills, teams that give tickets out, availability, the reason."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready
from tests.browser.canned_routing import ROUTED, decision, team, told
from tests.browser.test_settings import open_at
from tests.browser.test_work import ticket_page


def me(desk: CannedDesk, new_page: Any, **how: Any) -> Page:
    """One's own page."""
    page: Page = new_page(**how)
    page.goto(f"{desk.origin}/agent/me")
    ready(page, "me-availability .segments")
    return page


def test_ad03_a_colleague_gets_skills_languages_and_a_capacity(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "colleagues/A1", "#set-skills")
    page.get_by_role("button", name="Add a skill").click()
    page.locator("[name='skills.0.skill']").fill("Electrics")
    page.locator("[name='skills.0.level']").select_option("4")
    page.get_by_role("button", name="Add a language").click()
    page.locator(".menu .item", has_text="German").click()
    page.locator("#set-capacity").fill("12")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_be_visible()
    [(method, body)] = admin.written("/people")
    assert method == "PATCH"
    assert body == {"skills": [{"skill": "Electrics", "level": 4}], "languages": ["de"], "capacity": 12}


def test_ad02_a_team_stands_below_another_and_gives_its_tickets_out(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "teams/T1", "#set-name")
    expect(page.locator(".in-words")).to_contain_text("waits in the team’s queue")
    page.locator("[name='focus']").fill("Whatever has a plug")
    page.locator("[name='parent_id']").select_option(label="Billing")
    page.locator("[name='routing.mode']").select_option("automatic")
    page.get_by_role("button", name="Ask for a skill").click()
    page.locator("[name='routing.requires.0.skill']").fill("Electrics")
    page.locator("[name='routing.requires.0.level']").select_option("3")
    page.locator("[name='routing.relax_minutes']").fill("15")
    page.locator("[name='routing.language']").select_option("prefer")
    page.locator("[name='routing.hand_over']").check()
    expect(page.locator(".in-words")).to_contain_text("Only with Electrics. After 15 minutes less will do.")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link", has_text="Hardware").locator(".tag")).to_have_text("given out")
    [(_, body)] = admin.written("/teams")
    assert (body["focus"], body["parent_id"]) == ("Whatever has a plug", "T2")
    assert body["routing"] == ROUTED | {"relax_minutes": 15, "hand_over": True}


def test_ad02_an_archived_team_leaves_the_menus_and_keeps_its_name(desk: CannedDesk, new_page: Any) -> None:
    rows = desk.settings.records["/teams"]
    rows[1] |= team(archived=True)
    desk.tickets[0]["team_id"] = "T2"
    page = ticket_page(desk, new_page)
    expect(page.locator("[data-control=team]")).to_contain_text("Billing")
    page.locator("[data-control=team]").click()
    expect(page.get_by_role("menuitemradio").or_(page.get_by_role("menuitem"))).to_have_text(["Hardware", "No team"])


def test_ad08_one_says_whether_one_takes_tickets(desk: CannedDesk, new_page: Any) -> None:
    page = me(desk, new_page)
    expect(page.get_by_role("radio", name="Available")).to_be_checked()
    page.get_by_role("radio", name="Away").click()
    expect(page.locator(".rail-me .presence")).to_have_attribute("data-state", "away")
    page.get_by_role("checkbox", name="Give my tickets to others").check()
    first, second = desk.written("/people/A1/availability", 2)
    assert first == ("PUT", {"state": "away", "by": "self", "reassign": False})
    assert second == ("PUT", {"state": "away", "by": "self", "reassign": True})
    expect(page.locator(".me-available-text")).to_contain_text("until you change it")


def test_ad08_who_does_nothing_is_away_until_he_comes_back(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.clock.install()
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    page.clock.fast_forward("10:01")
    [away] = desk.written("/people/A1/availability")
    assert away == ("PUT", {"state": "away", "reassign": False, "by": "clock"})
    expect(page.locator(".rail-me .presence")).to_have_attribute("data-state", "away")
    page.keyboard.press("Shift")
    assert desk.written("/people/A1/availability", 2)[1][1] == {"state": "available", "reassign": False, "by": "clock"}


def test_a_refused_availability_is_taken_back_and_said(desk: CannedDesk, new_page: Any) -> None:
    desk.settings.refusals["PUT /people/A1/availability"] = (503, {"code": "unavailable", "detail": "Try again."})
    page = me(desk, new_page)
    page.get_by_role("radio", name="Offline").click()
    expect(page.locator(".toast")).to_contain_text("Your availability is as it was.")
    expect(page.get_by_role("radio", name="Available")).to_be_checked()


def test_rt05_the_panel_says_why_a_ticket_has_its_owner(desk: CannedDesk, new_page: Any) -> None:
    desk.settings.records["/teams"][0] |= team(routing=ROUTED)
    desk.tickets[0]["team_id"] = "T1"
    desk.settings.routing.reasons[desk.tickets[0]["id"]] = told()
    page = ticket_page(desk, new_page)
    panel = page.locator("routing-reason")
    expect(panel).to_contain_text("Sam Agent: had the least to do (3 of 20)")
    expect(panel).to_contain_text("The customer writes Norwegian.")
    panel.locator("summary").click()
    expect(panel.locator("li")).to_have_text(["Mara Lindqvistoff shift"])


def test_rt03_the_panel_says_why_nobody_could_take_it(desk: CannedDesk, new_page: Any) -> None:
    desk.settings.records["/teams"][0] |= team(routing=ROUTED)
    ticket = desk.tickets[0]
    waits = {"since": "2026-11-20T09:00:00Z", "reason": "lacks_skill", "retry_at": "2026-11-20T09:15:00Z"}
    ticket |= {"team_id": "T1", "assignee_id": None, "unmatched": waits | {"team_id": "T1", "relaxed": "none"}}
    nobody = decision(chosen=None, why="lacks_skill", load=None, capacity=None, speaks=None)
    desk.settings.routing.reasons[ticket["id"]] = told(state="unmatched", assignee_id=None, decision=nobody)
    page = ticket_page(desk, new_page)
    expect(page.locator("routing-reason .routing-line")).to_contain_text("nobody has the skills Looked at again")
