"""Fields, forms and tags in the settings."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.test_settings import open_at


def remove(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Take {name} out of use?").click()


def test_a_field_with_a_tree_of_options(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "fields?new=1", "#set-label")
    page.locator("#set-label").fill("Größe")
    page.locator("#set-type").select_option("tree")
    add = page.get_by_role("button", name="Add an option")
    add.click()
    page.locator("[name='options.0.label']").fill("Europe")
    add.click()
    page.locator("[name='options.1.label']").fill("Oslo")
    page.locator("[name='options.1.parent_id']").select_option("europe")
    page.locator("[name='options.0.label']").fill("Norway")
    expect(page.locator("#set-default option")).to_have_text(["None", "Norway", "Norway › Oslo"])
    page.locator("#set-default").select_option("oslo")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("Größe")
    [(_, body)] = admin.written("/fields")
    assert (body["id"], body["default"]) == ("groesse", "oslo")
    assert body["options"] == [
        {"id": "norway", "label": "Norway", "parent_id": None},
        {"id": "oslo", "label": "Oslo", "parent_id": "norway"},
    ]


def test_options_move_by_keyboard_and_an_option_at_fault_says_so(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/options/1/id", "code": "twice", "message": "each id is used once"}
    admin.settings.refusals["PATCH /fields/site"] = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "fields/site", "#set-label")
    page.get_by_role("button", name="Move Oslo").press("ArrowUp")
    expect(page.locator("[name='options.0.label']")).to_have_value("Oslo")
    expect(page.get_by_role("button", name="Move Oslo")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.locator(".line").nth(1).locator(".bad")).to_have_text("This is there twice.")
    expect(page.locator("[name='options.1.label']")).to_have_attribute("aria-invalid", "true")
    [(_, body)] = admin.written("/fields")
    assert [one["id"] for one in body["options"]] == ["oslo", "no"]


def test_bounds_conditions_and_contradictions_of_a_field(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/required_when", "code": "contradiction", "message": "nobody could fill it"}
    bound = {"pointer": "/validation/pattern", "code": "bad_pattern", "message": "a ( that does not end"}
    problem = {"code": "invalid", "detail": "no", "errors": [fault, bound]}
    admin.settings.refusals["PATCH /fields/serial"] = (422, problem)
    page = new_page()
    open_at(page, admin, "fields/serial", "#set-label")
    expect(page.locator("#set-required_when")).to_have_value("topic:chargers tag:none")
    page.get_by_role("radio", name="Always").first.click()
    page.locator("[id='set-validation.pattern']").fill("[A-Z]{2}(")
    page.locator("[id='set-validation.max_length']").fill("20")
    page.keyboard.press("Control+s")
    expect(page.locator(".set-form .bad")).to_have_text(["a ( that does not end", "nobody could fill it"])
    [(_, body)] = admin.written("/fields")
    assert body == {"validation": {"pattern": "[A-Z]{2}(", "max_length": 20}, "required_when": {"all": []}}


def test_the_preview_of_a_field_follows_who_sees_it(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "fields/warranty", "#set-label")
    agent, customer = page.locator(".preview-side").first, page.locator(".preview-side").last
    expect(agent.get_by_label("Warranty")).to_be_visible()
    expect(customer).to_contain_text("Customers do not see this field")
    page.locator("[name='visible_to:customer']").check()
    page.locator("#set-customer_label").fill("Is it new?")
    page.locator("[name='read_only_to:customer']").check()
    expect(customer.get_by_label("Is it new?")).to_be_disabled()


def test_a_field_in_use_names_what_uses_it(admin: CannedDesk, new_page: Any) -> None:
    refusal = {"code": "in_use", "detail": "no", "by": ["F1"]}
    admin.settings.refusals["DELETE /fields/serial"] = (409, refusal)
    page = new_page()
    open_at(page, admin, "fields/serial", "#set-label")
    remove(page, "Serial number")
    page.locator(".ask .danger").click()
    expect(page.locator(".ask .alert")).to_contain_text("Still used by: Chargers")


def test_a_form_asks_in_the_order_that_keys_give_it(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "forms/F1", ".line-name")
    page.get_by_role("button", name="Add a field").click()
    page.get_by_role("menuitem", name="Warranty").click()
    page.get_by_role("button", name="Move Serial number").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".preview-side").first.locator(".label")).to_have_text(
        ["Site optional", "Warranty optional", "Serial number optional"]
    )
    expect(page.locator(".preview-side").last.locator(".label")).to_have_text(["Serial number optional"])
    page.get_by_role("button", name="Take out Site").click()
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_contain_text("Chargers is saved")
    assert admin.written("/forms") == [("PATCH", {"field_ids": ["warranty", "serial"]})]


def test_a_tag_is_renamed_everywhere_while_its_job_runs(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "tags/firmware", ".rename")
    page.locator("[name=to]").fill("Software")
    page.keyboard.press("Enter")
    expect(page.locator(".rename")).to_contain_text("2 tickets change: firmware becomes software.")
    page.get_by_role("button", name="Rename on 2 tickets").click()
    expect(page.locator(".rename .job")).to_contain_text("of 2 tickets")
    expect(page.locator(".toast")).to_contain_text("firmware is now software")
    expect(page.locator(".set-link[aria-current=page]")).to_contain_text("software")
    action = {"kind": "rename_tag", "from": "firmware", "to": "software"}
    assert admin.written("/jobs", 2) == [("POST", {"action": action, "preview": True}), ("POST", {"action": action})]
    about = {"id": "software", "hue": 215, "description": "After an update"}
    assert admin.written("/tags") == [("POST", about)]


def test_a_tag_whose_new_name_is_known_is_merged(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "tags/firmware", ".rename")
    page.locator("[name=to]").fill("billing")
    page.get_by_role("button", name="Count the tickets").click()
    expect(page.locator(".rename")).to_contain_text("billing is there already. 2 tickets get it")
    page.get_by_role("button", name="Merge on 2 tickets").click()
    expect(page.locator(".toast")).to_contain_text("firmware is now billing")
    assert admin.written("/tags", 0) == []


def test_a_tag_that_tickets_carry_is_not_deleted(admin: CannedDesk, new_page: Any) -> None:
    admin.settings.refusals["DELETE /tags/firmware"] = (409, {"code": "in_use", "detail": "no", "count": 2})
    page = new_page()
    open_at(page, admin, "tags/firmware", ".rename")
    page.get_by_role("button", name="Delete firmware?").click()
    page.locator(".ask .danger").click()
    expect(page.locator(".ask .alert")).to_contain_text("2 tickets carry it. Rename or merge it first.")
