"""The API's reference at /docs: every path is shown, under the page's own content security policy."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra import ROOT
from tests.browser.canned import CannedDesk


@pytest.mark.parametrize("width", [1440, 390])
def test_the_reference_shows_every_operation_and_breaks_no_rule(desk: CannedDesk, new_page: Any, width: int) -> None:
    page, said = new_page(width=width), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{desk.origin}/docs/")
    page.wait_for_selector(".opblock")
    paths = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]
    assert page.locator(".opblock").count() == sum(len(operations) for operations in paths.values())
    page.locator("#operations-tickets-tickets_create_ticket button.opblock-summary-control").click()
    page.wait_for_selector("#operations-tickets-tickets_create_ticket .opblock-body")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert said == []
