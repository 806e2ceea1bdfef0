"""Undo, many tickets at once, and prepared answers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready
from tests.browser.test_search import opened


def ticket_page(desk: CannedDesk, new_page: Any, **how: Any) -> Page:
    page = opened(desk, new_page, "/agent/views/open/tickets/1000", **how)
    ready(page, ".editor")
    return page


def really(desk: CannedDesk) -> list[dict[str, Any]]:
    """The jobs that were asked for, without their previews."""
    return [body for _, body in desk.written("/jobs", 2) if body and not body.get("preview")]


def test_a_status_is_undone_by_its_event(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("Set to Solved · #1000")
    page.keyboard.press("z")
    expect(page.locator("[data-control=status]")).to_contain_text("Open")
    expect(page.locator(".toast")).to_contain_text("Undone on #1000")
    assert desk.written("/tickets/K0/undo") == [("POST", {"version": 2})]


def test_what_others_changed_since_is_explained(desk: CannedDesk, new_page: Any) -> None:
    fields = {"priority": {"was": "low", "left": "high", "now": "urgent"}}
    problem = {"code": "changed_since", "detail": "changed", "errors": [], "fields": fields}
    desk.work.refusals["POST /tickets/K0/undo"] = (409, problem)
    page = ticket_page(desk, new_page)
    page.keyboard.press("e")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("dialog.ask")).to_contain_text("Priority is Urgent, would go back to Low")
    page.get_by_role("button", name="Undo all the same").click()
    expect(page.locator(".toast")).to_contain_text("Undone on #1000")
    assert ("POST", {"version": 2, "force": ["priority"]}) in desk.written("/tickets/K0/undo", 2)


def test_a_reply_that_has_gone_out_says_so(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    gone = (409, {"code": "not_held", "detail": "it is on its way", "errors": []})
    desk.work.refusals["DELETE /tickets/K0/messages/K0-4/sending"] = gone
    page.keyboard.press("r")
    page.keyboard.type("Too late")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Undo send").click()
    expect(page.locator(".toast")).to_contain_text("already on its way")
    expect(page.locator(".editor")).to_have_text("")


def test_many_tickets_are_previewed_changed_and_undone(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("x")
    page.locator(".ticket").nth(3).click(modifiers=["Shift"])
    expect(page.locator(".bulk-count")).to_have_text("4 chosen")
    page.locator(".bulk-bar [title=Status]").click()
    page.get_by_role("menuitem", name="On hold").click()
    expect(page.locator(".bulk-outcome").nth(0)).to_contain_text("3")
    expect(page.locator(".bulk-outcome").nth(2)).to_contain_text("1")
    expect(page.locator(".bulk-row").nth(3)).to_contain_text("not in your sight")
    page.get_by_role("button", name="Apply to 3 tickets").click()
    expect(page.locator(".toast")).to_contain_text("3 tickets changed · 1 failed")
    page.get_by_role("button", name="Why").click()
    expect(page.locator(".bulk-row")).to_contain_text("not in your sight")
    page.get_by_role("button", name="Undo the other 3").click()
    expect(page.locator(".toast")).to_contain_text("Undone on")
    ran = really(desk)
    assert ran == [{"action": {"kind": "change", "change": {"status_id": "on_hold"}}, "ids": ["K0", "K1", "K2", "K3"]}]
    assert desk.written("/jobs/J0/undo") == [("PUT", {})]


def test_changes_are_gathered_before_they_are_done(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("Control+a")
    page.locator(".bulk-bar [title=Priority]").click()
    page.get_by_role("menuitem", name="Low").click()
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_role("menuitem", name="Team").click()
    page.get_by_role("menuitem", name="Hardware").click()
    expect(page.locator(".bulk-change")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    action = really(desk)[0]["action"]
    assert action == {"kind": "change", "change": {"priority": "low", "team_id": "T1"}}


def test_a_tag_is_taken_off_many(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("Control+a")
    page.locator(".bulk-bar").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Take a tag off").click()
    page.get_by_role("option", name="firmware").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    action = really(desk)[0]["action"]
    assert action == {"kind": "change", "change": {"tags": {"add": [], "remove": ["firmware"]}}}


def test_a_macro_runs_on_all_chosen_as_one_job(desk: CannedDesk, new_page: Any) -> None:
    page = opened(desk, new_page)
    page.keyboard.press("Control+a")
    page.locator(".bulk-bar").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Macro").click()
    expect(page.locator("dialog .btn.primary")).to_be_disabled()
    page.locator("dialog select").select_option("Wait for firmware")
    expect(page.locator(".bulk-outcome").nth(0)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    action = really(desk)[0]["action"]
    assert action == {"kind": "macro", "macro_id": "M1"}


def test_a_template_leaves_a_blank_that_holds_the_reply_back(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("r")
    page.keyboard.type("/roll")
    expect(page.locator(".answers .blank-mark")).to_have_text("time?")
    page.keyboard.press("Enter")
    expect(page.locator(".editor")).to_have_text("Hello Ingrid, it starts at [[time?]].")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Still to fill in: time")
    assert not [path for _, path, _ in desk.writes if path.endswith("/messages")]
    page.keyboard.type("10:00")
    expect(page.locator(".editor")).to_have_text("Hello Ingrid, it starts at 10:00.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".leaving")).to_be_visible()


def test_a_macro_shows_what_it_does_then_does_it(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.get_by_role("button", name="Macros and templates").click()
    expect(page.locator(".answers-plan")).to_contain_text("Waits.")
    expect(page.locator(".answers-effects")).to_contain_text("On hold")
    assert not [path for _, path, _ in desk.writes if path.endswith("/macros/M1")]
    page.keyboard.press("Enter")
    expect(page.locator("[data-control=status]")).to_contain_text("On hold")
    expect(page.locator(".toast")).to_contain_text("Macro “Wait for firmware” applied")


def test_a_ticket_says_that_it_ends_by_itself_and_is_kept_open(desk: CannedDesk, new_page: Any) -> None:
    desk.tickets[0]["status"] = {"id": "waiting", "label": "Waiting", "category": "waiting"}
    page = ticket_page(desk, new_page)
    line = page.locator("ticket-timers .standing")
    expect(line).to_contain_text("Ends by itself on")
    line.get_by_role("button", name="Keep it open").click()
    expect(page.locator(".toast")).to_contain_text("Kept open · #1000")
    expect(line).to_have_count(0)
    assert desk.written("/tickets/K0/timers/close") == [("DELETE", {})]


def test_a_reply_that_bounced_is_sent_again(desk: CannedDesk, new_page: Any) -> None:
    desk.tickets[0]["delivery"] = "bounced"
    page = ticket_page(desk, new_page)
    alert = page.locator(".message-alert")
    alert.get_by_role("button", name="Send again").first.click()
    expect(page.locator(".toast")).to_contain_text("On its way again")
    assert [method for method, _ in desk.written("/tickets/K0/messages/")] == ["POST"]
