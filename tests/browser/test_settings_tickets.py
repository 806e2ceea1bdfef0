"""Statuses, priorities and topics in the settings."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at


def remove(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Take {name} out of use?").click()


def test_a_status_is_made_with_its_moves_and_shown_to_both_sides(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "statuses?new=1", "#set-label")
    page.locator("#set-label").fill("With the supplier")
    page.locator("#set-customer_label").fill("We are asking")
    page.locator("#set-category").select_option("on_hold")
    page.locator("[name='next:open']").check()
    page.locator("[name='reachable_from:waiting']").check()
    assert page.locator(".preview .badge").all_text_contents() == ["With the supplier", "We are asking"]
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("With the supplier")
    expect(page.locator("#set-category")).to_be_disabled()
    [(method, body)] = admin.written("/statuses")
    assert method == "POST"
    assert (body["category"], body["next"], body["reachable_from"]) == ("on_hold", ["open"], ["waiting"])


def test_a_status_in_use_is_archived_with_another_in_its_place_and_comes_back(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.refusals["DELETE /statuses/waiting"] = (409, {"code": "in_use", "detail": "no", "count": 12})
    page = new_page()
    open_at(page, admin, "statuses/waiting", "#set-label")
    remove(page, "Waiting")
    page.locator(".ask .danger").click()
    expect(page.locator(".ask .alert")).to_have_text("12 tickets have it. Choose what they get in its place.")
    assert page.locator(".ask option").all_text_contents()[1:] == ["New", "Open", "Solved"]
    admin.settings.refusals.clear()
    page.locator(".ask select").select_option("open")
    page.locator(".ask .danger").click()
    expect(page.locator(".set-archived summary")).to_have_text("Out of use (1)")
    assert admin.settings.replaced == [("waiting", "open")]
    page.locator(".set-archived summary").click()
    page.locator(".set-archived .set-link").click()
    expect(page.locator("#set-label")).to_be_disabled()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".set-archived")).to_have_count(0)
    expect(page.locator("#set-label")).to_be_enabled()


def test_an_illegal_move_is_told_at_the_moves(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/next/1", "code": "unknown", "message": "there is no such status in use"}
    admin.settings.refusals["PATCH /statuses/open"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "statuses/open", "#set-label")
    page.locator("[name='next:new']").check()
    page.keyboard.press("Control+s")
    expect(page.locator("#set-next .bad")).to_have_text("there is no such status in use")
    page.locator("[name='next:new']").uncheck()
    expect(page.locator("#set-next .bad")).to_have_count(0)


def test_priorities_are_ranked_from_the_top_and_always_replaced(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "priorities")
    expect(page.locator(".set-title")).to_have_text(["High", "Low"])
    page.get_by_role("button", name="Move High").press("ArrowDown")
    expect(page.locator(".toast")).to_contain_text("The new order is saved")
    assert admin.written("/priorities/order") == [("PUT", {"ids": ["high", "low"]})]
    expect(page.locator(".set-text")).to_have_text(["Rank 2 of 2", "Rank 1 of 2"])
    page.locator(".set-link", has_text="High").click()
    remove(page, "High")
    expect(page.locator(".ask option").first).to_have_text("Choose one")
    page.locator(".ask select").select_option("low")
    page.locator(".ask .danger").click()
    expect(page.locator(".set-rows").first.locator(".set-title")).to_have_text(["Low"])
    assert admin.settings.replaced == [("high", "low")]


def test_topics_are_a_tree_whose_branches_move_as_one(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "topics")
    expect(page.locator(".set-title")).to_have_text(["Chargers", "Firmware", "Plugs", "Invoices"])
    page.get_by_role("button", name="Move Chargers").press("ArrowDown")
    expect(page.locator(".set-title")).to_have_text(["Invoices", "Chargers", "Firmware", "Plugs"])
    expect(page.locator(".toast")).to_contain_text("The new order is saved")
    page.get_by_role("button", name="Move Plugs").press("ArrowUp")
    expect(page.locator(".set-title")).to_have_text(["Invoices", "Chargers", "Plugs", "Firmware"])


def test_a_topic_tells_what_it_has_of_those_above_it(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "topics/chargers", "#set-label")
    page.get_by_role("link", name="Add below").click()
    expect(page.locator("#set-parent_id")).to_have_value("chargers")
    page.locator("#set-label").fill("Wall boxes")
    page.locator("#set-priority").select_option("high")
    page.locator("#set-sla_policy_id").select_option(label="Gold")
    page.locator("#set-tags").fill("wallbox")
    begins = page.locator(".side-card", has_text="A ticket begins with")
    expect(begins).to_contain_text("Hardware")
    expect(begins).to_contain_text("from Chargers")
    expect(begins.locator(".tag")).to_have_text(["hardware", "wallbox"])
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Wall boxes")
    [(_, body)] = admin.written("/topics")
    assert (body["parent_id"], body["priority"], body["tags"]) == ("chargers", "high", ["wallbox"])
    assert body["sla_policy_id"]
    assert page.locator("#set-parent_id option").all_text_contents() == [
        *("At the top of the tree", "Chargers", "Chargers › Firmware", "Chargers › Plugs", "Invoices"),
    ]


def test_a_topic_with_others_below_it_stays(admin: CannedDesk, new_page: Any) -> None:
    refusal = {"code": "in_use", "detail": "no", "by": ["firmware", "plugs"]}
    admin.settings.refusals["DELETE /topics/chargers"] = (409, refusal)
    page = new_page()
    open_at(page, admin, "topics/chargers", "#set-label")
    remove(page, "Chargers")
    page.locator(".ask .danger").click()
    expect(page.locator(".ask .alert")).to_have_text("2 topics hang below it. Move them first.")


def test_a_closing_rule_says_what_it_does_and_asks_for_the_template(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "closing?new=1", "#set-name")
    page.fill("#set-name", "Silent customers, again")
    words = "After 3 days without a word the customer is reminded. 5 days later"
    expect(page.locator(".in-words")).to_contain_text(words)
    page.select_option("#set-template_id", "X1")
    page.fill("#set-close_after_hours", "36")
    expect(page.locator(".in-words")).to_contain_text("36 hours later it is solved.")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Silent customers, again")
    [(method, body)] = admin.written("/closing-rules")
    names = ("template_id", "remind_after_hours", "close_after_hours")
    assert (method, *(body[name] for name in names)) == ("POST", "X1", 72, 36)


def test_a_rule_without_a_reminder_needs_no_template(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "closing/Z1", "#set-name")
    page.fill("#set-remind_after_hours", "")
    page.keyboard.press("Tab")
    expect(page.locator("#set-template_id")).to_have_count(0)
    expect(page.locator(".in-words")).to_contain_text("After 5 days without a word it is solved.")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("After 5 days")
    [(method, body)] = admin.written("/closing-rules")
    assert (method, body["remind_after_hours"], body["template_id"]) == ("PATCH", None, None)
