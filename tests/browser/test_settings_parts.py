"""The parts that every settings section is made of, on a section that exists in this test alone: one line adds it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from helpdesk.access.roles import STAFF_PERMISSIONS
from tests.browser.canned import CannedDesk, ready
from tests.browser.canned_settings import ADMIN

STATIC = Path(__file__).resolve().parents[2] / "portal_static"
TEXTS = json.loads((STATIC / "shared/i18n/en.json").read_text())
PROBE = """async () => {
  const { SECTIONS } = await import("/agent/settings/registry.js");
  const { Records } = await import("/agent/settings/records.js");
  const { html } = await import("/shared/element.js");
  const { longText, text } = await import("/agent/settings/form/parts.js");
  const { colour, condition, variants } = await import("/agent/settings/form/rich-parts.js");
  const { router } = await import("/agent/router.js");
  const section = {
    records: new Records({ path: "/probes" }), write: "settings:write", ordered: true,
    revive: () => ({ archived: false }),
    line: (row) => ({ title: row.label }),
    fresh: () => ({ label: "", hue: null, filter: null, text: "", texts: {} }),
    form: (form) => html`${text(form, "label", { label: "Label", required: true })}
      ${colour(form, "hue", { label: "Colour" })}
      ${condition(form, "filter", { label: "Filter" })}
      ${longText(form, "text", { label: "Text" })}
      ${variants(form, "texts", { label: "Texts" })}`,
    aside: (form) => html`<output>${form.get("label")}</output>`,
  };
  const load = async () => ({ default: section });
  SECTIONS.push({ id: "probe", group: "tickets", icon: "tag", needs: ["settings:read"], load });
  router.go("/settings/probe");
}"""


@pytest.fixture
def probe(desk: CannedDesk, new_page: Any) -> Page:
    """A page that shows the section of this test."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    page: Page = new_page()
    page.goto(f"{desk.origin}/agent/views/open")
    ready(page, ".ticket")
    page.evaluate(PROBE)
    page.wait_for_selector(".set-link")
    return page


def orders(desk: CannedDesk, count: int = 1) -> list[list[str]]:
    return [body["ids"] for _, body in desk.written("/probes/order", count)]


def test_rows_move_by_keyboard_and_back(desk: CannedDesk, probe: Page) -> None:
    probe.get_by_role("button", name="Move One").press("ArrowDown")
    expect(probe.get_by_role("button", name="Move One")).to_be_focused()
    expect(probe.locator(".set-list [role=status].said")).to_have_text("One is now 2 of 3")
    probe.keyboard.press("ArrowDown")
    expect(probe.locator(".set-title")).to_have_text(["Two", "Three", "One"])
    expect(probe.locator(".toast")).to_contain_text("The new order is saved")
    with probe.expect_response("**/order"):
        probe.keyboard.press("z")
    expect(probe.locator(".set-title")).to_have_text(["One", "Two", "Three"])
    assert orders(desk, 2) == [["P1", "P2", "P0"], ["P0", "P1", "P2"]]


def test_rows_move_by_dragging(desk: CannedDesk, probe: Page) -> None:
    handle, target = probe.get_by_role("button", name="Move Three"), probe.locator(".set-row").first
    handle.hover()
    probe.mouse.down()
    box = target.bounding_box()
    assert box
    probe.mouse.move(box["x"] + 10, box["y"] + 30, steps=8)
    probe.mouse.move(box["x"] + 10, box["y"] + 10, steps=3)
    probe.mouse.up()
    expect(probe.locator(".set-title")).to_have_text(["Three", "One", "Two"])
    expect(probe.locator(".toast")).to_be_visible()
    assert orders(desk) == [["P2", "P0", "P1"]]


def test_an_order_that_is_refused_goes_back(desk: CannedDesk, probe: Page) -> None:
    desk.settings.refusals["PUT /probes/order"] = (409, {"code": "conflict", "detail": "Somebody is moving them."})
    probe.get_by_role("button", name="Move One").press("ArrowDown")
    expect(probe.locator(".toast")).to_contain_text("Nothing was changed. Somebody is moving them.")
    expect(probe.locator(".set-title")).to_have_text(["One", "Two", "Three"])


def test_what_was_taken_out_of_use_is_taken_back(desk: CannedDesk, probe: Page) -> None:
    row = desk.settings.records["/probes"][1]
    desk.settings.refusals["PATCH /probes/P1"] = (200, row | {"version": 3})
    probe.locator(".set-link").nth(1).click()
    probe.get_by_role("button", name="Delete Two?").click()
    probe.locator(".ask .danger").click()
    expect(probe.locator(".set-title")).to_have_text(["One", "Three"])
    probe.locator(".toast .act").click()
    expect(probe.locator(".set-title", has_text="Two")).to_be_visible()
    assert desk.written("/probes/P1", 2)[1:] == [("PATCH", {"archived": False})]


def test_a_list_that_lags_behind_does_not_take_back_what_was_done(desk: CannedDesk, probe: Page) -> None:
    before = [dict(row) for row in desk.settings.records["/probes"]]
    probe.locator(".set-link").nth(1).click()
    probe.get_by_role("button", name="Delete Two?").click()
    probe.locator(".ask .danger").click()
    expect(probe.locator(".set-title")).to_have_text(["One", "Three"])
    probe.locator(".set-link").first.click()
    probe.locator("#set-label").fill("Uno")
    probe.keyboard.press("Control+s")
    expect(probe.locator(".toast")).to_contain_text("Uno is saved")
    desk.settings.refusals["GET /probes"] = (200, {"data": before, "next_cursor": None})
    with probe.expect_response("**/v1/probes"):
        probe.evaluate(
            "() => import('/agent/settings/registry.js').then(async ({ SECTIONS }) => "
            "(await SECTIONS.at(-1).load()).default.records.open())"
        )
    expect(probe.locator(".set-title")).to_have_text(["Uno", "Three"])


def test_every_part_writes_its_value(desk: CannedDesk, probe: Page) -> None:
    probe.locator("a[href$='/probe?new=1']").click()
    probe.locator("#set-label").fill("Four")
    expect(probe.locator(".set-aside output")).to_have_text("Four")
    probe.get_by_role("radio", name="Green").check()
    probe.locator("#set-filter").fill("status:open")
    probe.locator("#set-text").fill("One line\nand another")
    probe.get_by_role("button", name="Add a language").click()
    probe.keyboard.type("German")
    probe.keyboard.press("Enter")
    probe.get_by_label("German", exact=True).fill("Guten Tag")
    probe.keyboard.press("Control+s")
    expect(probe.locator(".set-link[aria-current=page]")).to_contain_text("Four")
    [(_, body)] = desk.written("/probes")
    assert body == {
        "label": "Four",
        "hue": 140,
        "filter": "status:open",
        "text": "One line\nand another",
        "texts": {"de": "Guten Tag"},
    }


def test_a_condition_that_is_not_understood_shows_where(desk: CannedDesk, probe: Page) -> None:
    fault = {"pointer": "/filter#7", "code": "open_quote", "message": "a quote that does not end (at character 8)"}
    desk.settings.refusals["PATCH /probes/P0"] = (400, {"code": "bad_filter", "detail": "No.", "errors": [fault]})
    probe.locator(".set-link").first.click()
    probe.locator("#set-filter").fill('status:"open')
    probe.keyboard.press("Control+s")
    expect(probe.locator("#set-filter-hint")).to_contain_text("a quote that does not end")
    probe.get_by_role("button", name="Show the place").click()
    assert probe.evaluate("() => document.getElementById('set-filter').selectionStart") == 7


def test_every_permission_has_its_meaning() -> None:
    assert [name for name in sorted(STAFF_PERMISSIONS) if f"permission.{name}" not in TEXTS] == []


def test_every_section_has_its_texts() -> None:
    ids = re.findall(r'\{ id: "(\w+)", group', (STATIC / "agent/settings/registry.js").read_text())
    codes = {it: (STATIC / f"agent/settings/sections/{it}.js").read_text() for it in ids}
    lists = [it for it, code in codes.items() if "records:" in code and "view:" not in code]
    wanted = [f"settings.{it}" for it in ids] + [f"settings.{it}.{part}" for it in lists for part in ("new", "empty")]
    assert len(ids) >= 6
    assert [key for key in [*wanted, *(f"settings.{it}.about" for it in ids)] if key not in TEXTS] == []


def test_every_event_reads_as_a_sentence() -> None:
    told = re.findall(r"^\| `([\w.]+)`", (STATIC.parent / "docs/events.md").read_text(), re.M)
    assert len(told) > 20
    assert [type_ for type_ in told if f"audit.did.{type_}" not in TEXTS] == []
