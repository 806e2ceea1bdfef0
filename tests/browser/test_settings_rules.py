"""AD-11, RT-01, RT-02: rules are made in rows or as text, tried before they are kept, and explained on tickets."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk
from tests.browser.canned_rules import acted
from tests.browser.test_accessibility import faults
from tests.browser.test_settings import open_at
from tests.browser.test_work import ticket_page

TERM = {"field": "priority", "op": "is", "value": "urgent"}


def pick(page: Page, name: str, value: str) -> None:
    page.locator(f"select[name='{name}']").select_option(value)


def saved(page: Page, desk: CannedDesk, path: str, count: int = 1) -> tuple[str, dict[str, Any]]:
    page.get_by_role("button", name="Save", exact=False).click()
    method, body = desk.written(path, count)[-1]
    return method, body


def rows(page: Page) -> Locator:
    return page.locator(".rule-row")


def test_ad11_the_list_tells_hits_faults_and_what_is_off(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules")
    expect(page.locator(".set-title")).to_have_text(
        ["Chargers first", "Quiet customers", "To the old team", "Night shift", "Outages"]
    )
    expect(page.locator(".set-row .tag")).to_have_text(["412 hits", "37 hits", "Broken", "Off", "0 hits"])
    expect(page.locator(".set-text").nth(1)).to_have_text("As time passes → Reply to the customer")
    page.locator(".set-link").nth(2).click()
    expect(page.get_by_role("alert")).to_contain_text("there is no team T9")


def test_ad11_rules_are_put_in_order_by_keyboard(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules")
    page.get_by_role("button", name="Move Chargers first").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert admin.written("/rules/order")[0][1]["ids"][:2] == ["Q2", "Q1"]


def test_rt01_a_nested_condition_is_built_in_rows(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules?new=1", "#set-name")
    page.locator("#set-name").fill("VIPs")
    page.locator("button[name='add:top']").click()
    pick(page, "field:0", "subject")
    pick(page, "op:0", "contains not")
    page.locator("input[name='value:0']").fill("spam")
    page.locator("button[name='group:top']").click()
    pick(page, "kind:1", "none")
    pick(page, "field:1-0", "was.status_id")
    pick(page, "op:1-0", "in")
    page.locator("select[name='value:1-0']").select_option(index=1)
    chosen = page.locator(".rule-chips .tag")
    expect(chosen.first).to_be_visible()
    page.locator("input[name='value:1-1']").fill("vip")
    expect(page.locator(".rule-text")).to_contain_text("-subject:spam -(was.status:")
    page.get_by_role("button", name="Add an action").click()
    page.keyboard.type("Add tags")
    page.keyboard.press("Enter")
    page.locator("input[name='then.0.tags']").fill("hardware hot")
    page.get_by_role("button", name="Add an action").click()
    page.keyboard.type("Notify")
    page.keyboard.press("Enter")
    page.locator("select[name='then.1.to']").select_option("The team")
    page.get_by_role("button", name="Create").click()
    method, body = admin.written("/rules")[0]
    assert (method, body["name"], body["on"], body["then"]) == (
        "POST",
        "VIPs",
        ["ticket.created"],
        [{"type": "add_tags", "tags": ["hardware", "hot"]}, {"type": "notify", "to": "team"}],
    )
    first, group = body["when"]["all"]
    assert first == {"not": {"field": "subject", "op": "contains", "value": "spam"}}
    before, tag = group["not"]["any"]
    assert (before["field"], before["op"], len(before["value"])) == ("was.status_id", "in", chosen.count())
    assert tag == {"field": "tag", "op": "is", "value": "vip"}
    expect(page.locator(".rule-whole")).to_contain_text("add tags hardware, hot")


def test_rt01_a_rule_links_and_writes_to_a_third_party(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules?new=1", "#set-name")
    page.locator("#set-name").fill("Outage")
    for name in ("Link with a ticket", "Link with a ticket", "Begin a side conversation"):
        page.get_by_role("button", name="Add an action").click()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    pick(page, "then.0.kind", "duplicate_of")
    page.locator("input[name='then.0.find.same:requester']").check()
    page.locator("input[name='then.0.find.tag']").fill("outage")
    pick(page, "then.0.find.type", "")
    pick(page, "then.1.which", "ticket")
    page.get_by_role("button", name="Create").click()
    expect(page.locator("[id='set-then.1.ticket-hint']")).to_be_visible()
    assert admin.written("/rules", 0) == [], "what is missing is asked for first"
    pick(page, "then.1.kind", "child")
    page.locator("input[name='then.1.ticket']").fill("#1012")
    page.locator("input[name='then.2.to']").fill("Noc@carrier.test, field@carrier.test")
    page.locator("input[name='then.2.subject']").fill("Outage {{ticket.number}}")
    page.locator("[id='set-then.2.body_html'] .editor").click()
    page.keyboard.type("Is your line down?")
    page.get_by_role("button", name="Create").click()
    link, child, side = admin.written("/rules")[0][1]["then"]
    find = {"same": ["topic", "requester"], "tag": "outage"}
    assert link == {"type": "link", "kind": "duplicate_of", "find": find}
    assert child == {"type": "link", "kind": "child", "ticket": "1012"}
    assert (side["to"], side["subject"]) == (["Noc@carrier.test", "field@carrier.test"], "Outage {{ticket.number}}")
    assert "Is your line down?" in side["body_html"] and set(side) == {"type", "to", "subject", "body_html"}
    expect(page.locator(".rule-whole")).to_contain_text("link child ticket 1012")
    assert faults(page) == []


def test_ad11_what_is_wrong_with_an_action_stands_at_it(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules/Q5", "#set-name")
    expect(page.locator("[id='set-then.1.to']")).to_have_value("noc@carrier.test")
    wrong = [("/then/0/ticket", "there is no ticket 1012"), ("/then/1/to/0", "this is the desk's own")]
    errors = [{"pointer": pointer, "code": "unknown", "message": message} for pointer, message in wrong]
    admin.settings.refusals["PATCH /rules/Q5"] = (422, {"code": "invalid", "detail": "no", "errors": errors})
    page.locator("#set-name").fill("Joined outages")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[id='set-then.0.ticket-hint']")).to_contain_text("there is no ticket 1012")
    expect(page.locator("[id='set-then.1.to-hint']")).to_contain_text("this is the desk's own")
    expect(page.locator("[id='set-then.1.to']")).to_have_attribute("aria-invalid", "true")


def test_rt01_rows_and_text_are_one_condition(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules/Q1", "#set-name")
    expect(rows(page)).to_have_count(6)
    page.get_by_role("radio", name="Text").click()
    expect(page.locator("#set-when")).to_have_value(
        "channel:mail (subject:charger or message.text:charger or was.status:waiting) -(tag:spam priority:low)"
    )
    page.locator("#set-when").fill("priority:urgent or tag:vip")
    assert saved(page, admin, "/rules/Q1")[1] == {"when": "priority:urgent or tag:vip"}
    page.get_by_role("radio", name="Rows").click()
    expect(rows(page)).to_have_count(2)
    expect(page.locator("select[name='kind:top'] option:checked")).to_have_text("At least one of these holds")


def test_rt01_what_the_desk_does_not_understand_stands_at_its_row(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules/Q1", "#set-name")
    page.locator("input[name='value:1-0']").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-row='1-0'] .hint.bad")).to_contain_text("wants a text")
    page.locator("input[name='value:1-0']").fill("cable")
    expect(page.locator("[data-row='1-0'] .hint.bad")).to_have_count(0)
    assert "cable" in str(saved(page, admin, "/rules/Q1", 2)[1])


def test_tm05_a_rule_that_waits_for_the_time_knows_no_event(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules/Q2", "#set-name")
    groups = page.locator("select[name='field:0'] optgroup")
    expect(groups).to_have_count(3)
    assert [one.get_attribute("label") for one in groups.all()] == ["The ticket", "Custom fields", "The time"]
    pick(page, "field:0", "hour")
    expect(page.locator("#set-zone")).to_be_visible()
    page.locator("button[name='on:events']").click()
    expect(page.locator("select[name='field:0'] optgroup")).to_have_count(6)
    assert saved(page, admin, "/rules/Q2")[1]["on"] == ["ticket.created"]


def test_rt02_a_draft_is_tried_on_the_last_days_before_it_is_kept(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_at(page, admin, "rules/Q1", "#set-name")
    page.locator("input[name='value:1-0']").fill("cable")
    card = page.locator(".rule-trial")
    card.get_by_role("button", name="Try", exact=True).click()
    expect(card).to_contain_text("It would have acted 14 times on 12 tickets.")
    expect(card).to_contain_text("4 replies would have gone to customers.")
    expect(card).to_contain_text("2 side conversations would have begun.")
    expect(card.locator(".rule-found > li").nth(1)).to_contain_text("Links with #1040 the problem behind it")
    expect(card).to_contain_text("3 were taken by earlier rules")
    expect(card.locator(".rule-found > li")).to_have_count(10)
    expect(card.locator(".rule-found > li").first).to_contain_text("Priority")
    ((method, body),) = admin.written("/simulations/rule")
    assert (method, body["id"], body["days"]) == ("POST", "Q1", 30)
    assert body["rule"]["when"]["all"][1]["any"][0]["value"] == "cable"
    assert admin.written("/rules/Q1", 0) == [], "nothing is kept by it"
    page.locator("input[name='value:1-0']").fill("plug")
    expect(card).to_contain_text("The rule has changed since.")


def test_rt02_a_draft_that_is_not_right_says_where(admin: CannedDesk, new_page: Any) -> None:
    fault = {"pointer": "/rule/when/all/1/any/0/value", "code": "bad_value", "message": "not this"}
    admin.settings.refusals["POST /simulations/rule"] = (422, {"code": "x", "detail": "no", "errors": [fault]})
    page = new_page()
    open_at(page, admin, "rules/Q1", "#set-name")
    page.locator(".rule-trial").get_by_role("button", name="Try").click()
    expect(page.locator("[data-row='1-0'] .hint.bad")).to_contain_text("not this")
    expect(page.locator(".rule-trial")).to_contain_text("The rule is not right yet")


def test_ad11_who_may_not_change_rules_reads_them(admin: CannedDesk, new_page: Any) -> None:
    admin.role = admin.role | {"role": "agent", "permissions": ["tickets:read", "settings:read"]}
    page = new_page()
    open_at(page, admin, "rules/Q1", "#set-name")
    expect(page.locator("select[name='field:0']")).to_be_disabled()
    expect(page.locator("button[name='add:top']")).to_have_count(0)
    expect(page.locator(".rule-trial")).to_have_count(0)


def test_ad11_the_ticket_says_what_rules_did_and_why_others_did_not(desk: CannedDesk, new_page: Any) -> None:
    page = ticket_page(desk, new_page)
    why = page.locator("ticket-decisions")
    why.locator("summary").click()
    expect(why.locator("li")).to_have_count(4)
    expect(why.locator("li").first).to_contain_text("Chargers first did this")
    expect(why.locator("li").first).to_contain_text("Set priority, Add tags")
    expect(why.locator("li").nth(1)).to_contain_text("another rule has already answered")
    expect(why.locator("li").nth(2)).to_contain_text("It is what this rule itself has led to.")
    why.get_by_role("button", name="2 that did nothing").click()
    expect(why.locator("li")).to_have_count(6)
    expect(why.locator("li").nth(5)).to_contain_text("priority:urgent")
    expect(why.locator("li").nth(5)).to_contain_text("it was normal")
    assert faults(page) == []


def test_ad11_the_history_names_the_rule_that_did_it(desk: CannedDesk, new_page: Any) -> None:
    desk.tickets[0]["told"] = acted(desk.tickets[0]["updated_at"])
    page = ticket_page(desk, new_page)
    expect(page.locator(".event")).to_have_count(1)
    expect(page.locator(".event", has_text="Rule Chargers first")).to_contain_text("set the priority")
