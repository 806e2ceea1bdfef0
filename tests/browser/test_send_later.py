"""Answers that leave at a time of their own: chosen, shown until then, sent now, taken back, kept for a customer."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk, ready

FRIDAY = datetime.fromisoformat("2026-11-20T09:30:00Z")  # 10:30 in Berlin, where the reader is
MONDAY = "2026-11-23T08:00:00.000Z"
LEAVES = re.compile(r"Leaves Mon,? 23 Nov(,| at) 09:00")
SENDING = "/tickets/K0/messages/K0-4/sending"


def ticket_page(desk: CannedDesk, new_page: Any, at: datetime = FRIDAY, **look: Any) -> Page:
    page: Page = new_page(**look)
    page.clock.set_fixed_time(at)
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    ready(page, ".editor")
    return page


def times(page: Page) -> Any:
    """Open the menu of times; gives its items."""
    page.get_by_role("button", name="More ways to send").click()
    page.get_by_role("menuitem", name="Send later…").click()
    return page.get_by_role("menu", name="Send later").get_by_role("menuitem")


def chosen_status(page: Page) -> Any:
    """What the planned answer says of the status; the button that changes it."""
    return page.locator(".leaving").get_by_title("Status when it leaves")


def planned(page: Page, text: str = "Back on Monday.") -> Any:
    """An answer that leaves on Monday; gives its card."""
    page.keyboard.press("r")
    page.keyboard.type(text)
    times(page).filter(has_text="On Monday").click()
    expect(page.locator(".leaving")).to_contain_text(LEAVES)
    return page.locator(".leaving")


def test_an_answer_waits_for_its_time_and_outlives_the_page(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    card = planned(page)
    expect(page.locator(".toast")).to_contain_text(re.compile("Your answer leaves Mon"))
    expect(page.locator(".editor")).to_have_text("")
    expect(card.locator("[role=timer]")).to_have_count(0)
    [(_, sent)] = desk.written("/tickets/K0/messages")
    assert (sent["send_at"], "undo_seconds" in sent) == (MONDAY, False)
    page.reload()
    expect(card).to_contain_text(LEAVES)
    expect(card).to_contain_text("Not yet seen by the customer")
    expect(page.locator(".timeline-inner > :last-child")).to_have_class(re.compile("leaving"))


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        ("2026-11-20T09:30:00Z", ["In an hour", "This afternoon", "Tomorrow", "On Monday", "Date and time…"]),
        ("2026-11-20T16:00:00Z", ["In an hour", "Tomorrow", "On Monday", "Date and time…"]),
        ("2026-11-22T18:00:00Z", ["In an hour", "Tomorrow", "Date and time…"]),
    ],
    ids=["in the morning", "at five", "on a Sunday"],
)
def test_only_times_to_come_are_offered(desk: CannedDesk, new_page: Any, at: str, offered: list[str]) -> None:
    page = ticket_page(desk, new_page, datetime.fromisoformat(at))
    expect(times(page).locator(".grow")).to_have_text(offered)


def test_a_date_and_time_is_chosen_and_one_that_is_over_is_refused(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("r")
    page.keyboard.type("On your birthday")
    times(page).filter(has_text="Date and time").click()
    field = page.get_by_label("It leaves on")
    expect(field).to_have_value("2026-11-21T09:00")
    send = page.locator("dialog.ask").get_by_role("button", name="Send later")
    for wrong, why in [("2026-11-20T10:30", "still to come"), ("2027-11-21T09:00", "within a year"), ("", "to come")]:
        field.fill(wrong)
        send.click()
        expect(page.locator("dialog.ask [role=alert]")).to_contain_text(why)
    field.fill("2027-03-29T08:15")
    send.click()
    expect(page.locator(".leaving")).to_contain_text(re.compile(r"Leaves Mon,? 29 Mar 2027(,| at) 08:15"))
    assert [body["send_at"] for _, body in desk.written("/tickets/K0/messages")] == ["2027-03-29T06:15:00.000Z"]


def test_it_is_sent_now(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    planned(page).get_by_role("button", name="Send now").click()
    expect(page.locator(".leaving")).to_have_count(0)
    expect(page.locator(".message").last).to_contain_text("On its way")
    assert desk.written(SENDING) == [("PUT", {})]


def test_it_is_taken_back_with_its_files_above_what_was_begun_since(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    planned(page, "First words")
    file = {"id": "F7", "filename": "plan.pdf", "content_type": "application/pdf", "size": 900, "inline": False}
    desk.work.held["K0-4"]["attachments"] = [file]
    page.reload()
    ready(page, ".editor")
    page.keyboard.press("r")
    page.keyboard.type("Second words")
    page.locator(".leaving").get_by_role("button", name="Take back").click()
    expect(page.locator(".leaving")).to_have_count(0)
    expect(page.locator(".editor")).to_have_text(re.compile(r"First words\s*Second words"))
    expect(page.locator(".reply-files")).to_contain_text("plan.pdf")
    assert desk.written(SENDING) == [("DELETE", {})]
    page.keyboard.press("Control+Enter")
    assert desk.written("/tickets/K0/messages", 3)[-1][1]["attachments"] == ["F7"]


def test_the_key_that_undoes_takes_it_back(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    planned(page)
    page.locator(".timeline").focus()
    page.keyboard.press("z")
    expect(page.locator(".editor")).to_have_text("Back on Monday.")
    assert desk.written(SENDING) == [("DELETE", {})]


def test_a_customer_who_writes_first_keeps_it_back(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    card = planned(page)
    desk.work.held["K0-4"]["delivery"]["waits"] = "customer"
    page.reload()
    expect(card).to_contain_text("Not sent: the customer has written first")
    expect(card).not_to_contain_text("Leaves")
    expect(card.get_by_role("button")).to_have_text(["Send now", "Take back", "Status stays as it is"])
    card.get_by_role("button", name="Send now").click()
    expect(page.locator(".leaving")).to_have_count(0)


def test_one_that_waits_is_seen_however_far_back_and_says_why(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    card = planned(page)
    desk.work.held["K0-4"]["delivery"]["waits"] = "trash"
    desk.work.far_back = True
    page.reload()
    expect(card).to_contain_text("Not sent: the ticket was in the trash meanwhile")
    expect(page.locator(".timeline-inner > :last-child")).to_have_class(re.compile("leaving"))


@pytest.mark.parametrize(("method", "button"), [("PUT", "Send now"), ("DELETE", "Take back")])
def test_one_that_waits_no_longer_says_so(desk: CannedDesk, new_page: Any, method: str, button: str) -> None:
    page = ticket_page(desk, new_page)
    card = planned(page)
    desk.work.refusals[f"{method} {SENDING}"] = (409, {"code": "not_held", "detail": "it is gone", "errors": []})
    desk.work.held["K0-4"]["delivery"] = {"status": "queued"}
    card.get_by_role("button", name=button).click()
    expect(page.locator(".toast")).to_contain_text("was sent or taken back")
    expect(page.locator(".leaving")).to_have_count(0)
    expect(page.locator(".editor")).to_have_text("")


def test_a_refused_time_leaves_the_answer_to_be_edited(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    fault = {"pointer": "/send_at", "code": "past", "message": "that time is over"}
    desk.work.refusals["POST /tickets/K0/messages"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page.keyboard.press("r")
    page.keyboard.type("Too late")
    times(page).filter(has_text="In an hour").click()
    expect(page.locator(".leaving")).to_contain_text("that time is over")
    page.locator(".leaving").get_by_role("button", name="Edit").click()
    expect(page.locator(".editor")).to_have_text("Too late")


def test_a_note_stays_where_it_is(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Add note")).to_be_visible()
    expect(page.get_by_role("button", name="More ways to send")).to_have_count(0)


def test_who_may_only_read_sees_when_it_leaves_and_no_way_to_change_it(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    planned(page)
    desk.role = desk.role | {"role": "viewer", "permissions": ["tickets:read", "people:read", "settings:read"]}
    page.reload()
    expect(page.locator(".leaving")).to_contain_text(LEAVES)
    expect(page.locator(".leaving button")).to_have_count(0)


def test_ei16_it_leaves_tomorrow_and_solves_then(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("r")
    page.keyboard.type("It should work by now.")
    page.get_by_role("button", name="More ways to send").click()
    page.get_by_role("menuitem", name="Send later and solve…").click()
    page.get_by_role("menu", name="Send later").get_by_role("menuitem", name="Tomorrow").click()
    expect(chosen_status(page)).to_have_text("Then: Solved")
    [(_, sent)] = desk.written("/tickets/K0/messages")
    assert (sent["send_at"], sent["status_id"]) == ("2026-11-21T08:00:00.000Z", "solved")
    page.reload()
    chosen_status(page).click()
    page.get_by_role("menu", name="Status when it leaves").get_by_role("menuitem", name="Waiting").click()
    expect(chosen_status(page)).to_have_text("Then: Waiting")
    chosen_status(page).focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Leave the status as it is").click()
    expect(chosen_status(page)).to_have_text("Status stays as it is")
    wanted: list[Any] = [("PATCH", {"status_id": "waiting"}), ("PATCH", {"status_id": None})]
    assert desk.written(SENDING, 2) == wanted


def test_ei16_a_status_for_one_that_has_left_says_so(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    planned(page)
    desk.work.refusals[f"PATCH {SENDING}"] = (409, {"code": "not_held", "detail": "it is gone", "errors": []})
    desk.work.held["K0-4"]["delivery"] = {"status": "queued"}
    chosen_status(page).click()
    page.get_by_role("menuitem", name="Solved").click()
    expect(page.locator(".toast")).to_contain_text("was sent or taken back")
    expect(page.locator(".leaving")).to_have_count(0)
