"""SLA clocks: in the list, at the head of a conversation, in the panel, and what the timeline tells."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_sla import met, paused, promised
from tests.browser.test_search import opened
from tests.browser.test_work import ticket_page


def clocks(desk: CannedDesk) -> None:
    """Four tickets: soon, late, in time, paused."""
    times = [(50.0, 15.5), (60.0, -12.5), (10.0, 125.5)]
    for ticket, (since, due) in zip(desk.tickets, times, strict=False):
        ticket["sla"] = promised(next_response=(since, due), resolution=(since, 60 * 24 * 3 + 0.5))
    desk.tickets[0]["sla"]["targets"].insert(0, met("first_response", 12))
    desk.tickets[3]["sla"] = promised() | {"targets": [paused("resolution", 90)]}


def test_the_list_says_what_is_due_first_with_shape_and_word(desk: CannedDesk, new_page: Any) -> None:
    clocks(desk)
    page = opened(desk, new_page)
    rows = page.locator(".ticket")
    expect(rows.nth(0).locator(".chip.sla")).to_have_text("15m")
    expect(rows.nth(1).locator(".chip.sla")).to_have_text("12m late")
    expect(rows.nth(2).locator(".chip.sla")).to_have_text("2h 05m")
    expect(rows.nth(3).locator(".chip.sla")).to_have_count(0)
    assert [rows.nth(at).locator(".chip.sla").get_attribute("class") for at in range(3)] == [
        f"chip sla {tone} " for tone in ("soon", "late", "ok")
    ]
    expect(rows.nth(1).locator(".chip.sla svg.icon")).to_have_count(1)
    expect(rows.nth(0)).to_contain_text("Next reply")


def test_the_panel_lists_every_promise_and_the_head_those_that_run(desk: CannedDesk, new_page: Any) -> None:
    clocks(desk)
    page = ticket_page(desk, new_page)
    expect(page.locator(".clocks .chip")).to_have_text(["Reply in 15m", "Solve in 3d"])
    panel = page.locator(".side-section", has_text="Gold")
    expect(panel.locator("dt")).to_have_text(["First reply", "Next reply", "Solve"])
    expect(panel.locator("dd")).to_have_text(["Met in 12m", "15m left", "3d left"])


def test_a_clock_that_stands_says_how_much_is_left(desk: CannedDesk, new_page: Any) -> None:
    desk.tickets[0]["sla"] = promised() | {"targets": [paused("resolution", 90)]}
    page = ticket_page(desk, new_page)
    expect(page.locator(".promises dd")).to_have_text(["Paused, 1h 30m left"])
    expect(page.locator(".clocks .chip")).to_have_count(0)
