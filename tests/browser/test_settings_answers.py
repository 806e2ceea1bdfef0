"""Macros, templates and views in the settings."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at


def test_a_macro_is_put_together(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "macros?new=1", "#set-name")
    page.locator("#set-name").fill("Close it")
    page.keyboard.press("Control+s")
    expect(page.locator("#set-actions-hint")).to_have_text("Fill this in.")
    for at, name in enumerate(("Set status", "Assign to", "Set a field", "Add tags", "Leave an internal note")):
        page.get_by_role("button", name="Add an action").click()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.locator(".line").nth(at).locator("select, input").first).to_be_focused()
    page.locator("[id='set-actions.0.value']").select_option("solved")
    page.locator("[name='actions.2.field_id']").select_option("warranty")
    page.locator("[id='set-actions.2.value']").select_option("yes")
    page.locator("[id='set-actions.3.tags']").fill("done, thanks")
    page.locator(".words .editor").click()
    page.keyboard.type("Called ")
    page.get_by_role("button", name="Insert a variable").click()
    page.keyboard.type("requester.name")
    page.keyboard.press("Enter")
    expect(page.locator(".words .editor")).to_have_text("Called {{requester.name}}")
    page.get_by_role("button", name="Move Add tags").press("ArrowUp")
    page.locator("#set-visibility").select_option("teams")
    page.locator("[name='team_ids:T2']").check()
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Close it")
    [(_, body)] = admin.written("/macros")
    words = body["actions"].pop()
    assert (words["type"], re.sub("<[^>]+>", "", words["body_html"]).replace("&nbsp;", " ")) == (
        "note",
        "Called {{requester.name}}",
    )
    assert body["actions"] == [
        {"type": "set_status", "value": "solved"},
        {"type": "set_assignee", "value": "me"},
        {"type": "add_tags", "tags": ["done", "thanks"]},
        {"type": "set_field", "field_id": "warranty", "value": True},
    ]
    assert (body["visibility"], body["team_ids"]) == ("teams", ["T2"])


def test_an_action_at_fault_says_so(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/actions/1/tags/0", "code": "value_error", "message": "a tag has no spaces"}
    admin.settings.refusals["PATCH /macros/M1"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "macros/M1", "#set-name")
    page.locator("[id='set-actions.1.tags']").fill("x#y")
    page.keyboard.press("Control+s")
    expect(page.locator(".line").nth(1).locator(".bad").first).to_have_text("a tag has no spaces")
    expect(page.locator("[id='set-actions.1.tags']")).to_be_focused()


def test_opening_words_is_no_change(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "templates/X1", ".editor")
    expect(page.locator(".editor")).to_contain_text("Hello {{requester.name}}")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()


def test_a_macro_is_tried_on_a_ticket(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "macros/M1", "[name=trial]")
    page.locator("[name=trial]").fill("#1000")
    page.keyboard.press("Enter")
    trial = page.locator(".trial")
    expect(trial.locator(".log-changes")).to_contain_text("Waiting")
    expect(trial.frame_locator("iframe").locator("mark")).to_have_text("[[requester.phone?]]")
    expect(trial).to_contain_text("requester.phone has no value for this ticket")
    assert admin.written("/tickets") == [("POST", {})]
    page.locator("#set-name").fill("Second aid")
    expect(trial).to_contain_text("Save first")


def test_a_template_in_two_languages_marks_what_is_unknown(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "templates/X1", ".editor")
    expect(page.locator(".set-form .alert")).to_contain_text("No variable is called no.such")
    page.get_by_role("button", name="Add a language").click()
    page.keyboard.type("German")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator("[id='set-variants.de.body_html-hint']")).to_have_text("Fill this in.")
    page.locator(".editor[lang=de], rich-editor[lang=de] .editor").click()
    page.keyboard.type("Guten Tag")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("Greeting is saved")
    [(_, body)] = admin.written("/templates")
    assert set(body) == {"variants"} and set(body["variants"]) == {"en", "de"}
    assert "Guten Tag" in body["variants"]["de"]["body_html"]
    page.locator("[name=trial]").fill("1000")
    page.keyboard.press("Enter")
    expect(page.locator(".trial").frame_locator("iframe").locator("mark")).to_have_text("[[no.such?]]")


def test_a_view_counts_as_it_is_written_and_marks_what_is_wrong(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "views/V1", ".found")
    expect(page.locator(".side-card").first).to_contain_text("42 tickets")
    page.locator("#set-filter").fill('tag:"vip')
    expect(page.locator("#set-filter-hint")).to_contain_text("a quote that does not end")
    page.get_by_role("button", name="Show the place").click()
    assert page.evaluate("() => document.getElementById('set-filter').selectionStart") == 4
    page.locator("#set-filter").fill("tag:vip priority:>=high")
    expect(page.locator(".side-card").first).to_contain_text("42 tickets")
    page.locator("#set-sort").select_option("priority")
    page.get_by_role("button", name="Move Subject").press("ArrowUp")
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("VIPs is saved")
    changes = {"filter": "tag:vip priority:>=high", "sort": "-priority", "columns": ["subject", "number", "status"]}
    assert admin.written("/views") == [("PATCH", changes)]


def test_views_are_put_in_order_by_their_positions(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "views")
    page.get_by_role("button", name="Move VIPs").press("ArrowDown")
    expect(page.locator(".toast")).to_contain_text("The new order is saved")
    assert admin.written("/views", 2) == [("PATCH", {"position": 1}), ("PATCH", {"position": 2})]


def test_what_is_shared_is_fixed_for_those_who_may_not_share(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"permissions": ["tickets:read", "tickets:write", "settings:read"]}
    page = new_page()
    for path in ("views/V1", "macros/M1", "templates/X1"):
        open_at(page, admin, path, ".set-form .alert")
        expect(page.locator(".set-form .alert").first).to_contain_text("It is shared")
        assert page.locator(".set-buttons").count() == 0
