"""Fields in place, who takes part, links, merge, split, side conversations, trash and sleep."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_work import field
from tests.browser.test_work import ticket_page


def test_a_field_is_edited_in_place_and_says_what_is_wrong(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    expect(page.locator("[data-field=site] .c-amber")).to_be_visible()
    page.locator("[data-field=site]").click()
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#field-site-hint")).to_contain_text("that is no site")
    page.locator("#field-site").fill("Garage B")
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=site]")).to_contain_text("Garage B")
    assert desk.tickets[0]["fields"] == {"site": "Garage B"}


def test_a_person_is_found_by_name_and_shown_by_it(desk: CannedDesk, new_page: Any) -> None:
    desk.work.records["/fields"].append(field("installer", "Installer", "person"))
    desk.tickets[0]["fields"] = {"installer": "C1"}
    page = ticket_page(desk, new_page)
    page.locator("[data-field=installer]").click()
    page.get_by_role("button", name="out").click()
    expect(page.locator("[data-field=installer]")).to_contain_text("Not set")
    page.locator("[data-field=installer]").click()
    page.keyboard.type("garage")
    page.locator("[role=option]", has_text="Gary Garage").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=installer]")).to_contain_text("Gary Garage")
    assert [body["fields"] for _, body in desk.written("/tickets/K0", 2)] == [
        {"installer": None},
        {"installer": "C9"},
    ]


def test_a_topic_brings_what_it_presets_if_one_asks_for_it(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.locator("[data-control=topic_id]").click()
    page.get_by_role("option", name="Set team, priority and tags").click()
    page.get_by_role("option", name="Chargers").click()
    expect(page.locator(".toast")).to_contain_text("Topic")
    assert desk.written("/tickets/K0") == [("PATCH", {"topic_id": "P1", "apply_topic": True})]


def test_what_must_be_filled_before_solving_is_led_to(desk: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/fields/site", "code": "required", "message": "needed"}
    desk.work.refusals["PATCH /tickets/K0"] = (422, {"code": "invalid", "detail": "not right", "errors": [fault]})
    page = ticket_page(desk, new_page)
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_contain_text("“Site” is needed first.")
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator("#field-site")).to_be_focused()


def test_a_new_ticket_asks_the_form(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("c")
    page.locator("#new-site").fill("Garage C")
    page.locator("[name=topic]").select_option("P1")
    page.locator("dialog [name=email]").fill("a@b.test")
    page.locator("[name=subject]").fill("It stops")
    page.locator("dialog [name=body_text]").fill("Since today")
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog")).to_have_count(0)
    [(_, body)] = desk.written("/tickets")
    assert (body["topic_id"], body["fields"]) == ("P1", {"site": "Garage C"})


def test_following_and_removing_a_copy(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    page.locator(".side").get_by_role("button", name="Remove copy@fjord.test").click()
    expect(page.locator(".part-row", has_text="copy@fjord.test")).to_have_count(0)


def test_merging_two_requesters_needs_a_tick(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.locator(".conversation-head").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Merge into another ticket").click()
    page.locator("#other-ticket").fill("1003")
    page.get_by_role("option", name="#1003").click()
    merge = page.locator("dialog footer .primary")
    expect(merge).to_be_disabled()
    page.get_by_label("Both may read it").check()
    merge.click()
    expect(page).to_have_url(f"{desk.origin}/agent/views/open/tickets/1003")
    expect(page.locator(".toast")).to_contain_text("#1000 is merged into #1003")
    sent = desk.written("/tickets/K0/merge")[-1][1]
    assert sent == {"into": "K3", "participants": "requester", "allow_other_requester": True}


def test_linking_and_the_circle_in_words(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    cycle = {"code": "cycle", "detail": "a circle", "errors": [], "path": [1000, 1003, 1000]}
    desk.work.refusals["POST /tickets/K0/links"] = (409, cycle)
    page.locator(".side").get_by_role("button", name="Link with a ticket").click()
    page.locator("dialog select").select_option("problem")
    page.locator("#other-ticket").fill("1003")
    page.get_by_role("option", name="#1003").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog [role=alert]")).to_contain_text("#1000 → #1003 → #1000")
    page.locator("dialog footer .primary").click()
    expect(page.locator(".part-kind")).to_have_text("Caused by the problem")
    expect(page.locator(".part-row", has_text="#1003")).to_be_visible()


def test_splitting_a_message(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.locator(".message").first.get_by_role("button", name="What to do").click()
    page.get_by_role("menuitem", name="Split into a new ticket").click()
    page.locator("dialog footer .primary").click()
    expect(page).to_have_url(f"{desk.origin}/agent/views/open/tickets/1001")
    assert desk.written("/tickets/K0/split")[-1][1]["message_ids"] == ["K0-1"]


def test_a_side_conversation_is_marked_as_hidden(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    expect(page.locator(".sides .note-mark")).to_contain_text("Hidden from the customer")
    page.get_by_role("button", name="Start a side conversation").click()
    page.locator(".side-form [name=to]").fill("parts@maker.test, b@maker.test")
    page.locator(".side-form [name=subject]").fill("Spare board")
    page.locator(".side-form [name=body_text]").fill("Do you have it?")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(page.locator(".side-message")).to_have_count(1)
    page.get_by_role("button", name="End it").click()
    expect(page.locator(".side-talk")).to_contain_text("ended")
    started = desk.written("/tickets/K0/side-conversations")[0][1]
    assert started["to"] == ["parts@maker.test", "b@maker.test"]


def test_trash_and_back(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.locator(".conversation-head").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Move to the trash").click()
    expect(page.locator(".toast")).to_contain_text("Moved to the trash · #1000")
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    expect(page.locator(".standing")).to_contain_text("In the trash since")
    expect(page.locator(".editor")).to_have_count(0)
    page.locator(".standing").get_by_role("button", name="Restore").click()
    expect(page.locator(".editor")).to_be_visible()


def test_sleeping_until_tomorrow_and_waking(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Until tomorrow").click()
    expect(page.locator(".standing")).to_contain_text("Sleeps until")
    wish = desk.written("/tickets/K0/snooze")[-1][1]
    assert wish["until"].endswith("T07:00:00.000Z")
    page.locator(".standing").get_by_role("button", name="Wake now").click()
    expect(page.locator(".standing")).to_have_count(0)
