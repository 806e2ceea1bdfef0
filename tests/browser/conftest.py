"""A real browser for the screens, and a door to them that needs no backend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from infra.browser import find_browser
from tests.browser.canned import CannedDesk, serve
from tests.browser.canned_settings import ADMIN

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE_MS = 20_000  # what is there sooner is seen sooner; a busy machine is no fault of the screens
expect.set_options(timeout=PATIENCE_MS)
WIDTHS = {1440: 900, 1024: 768, 390: 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as it is installed here."""
    path = find_browser()
    if not path:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *QUIET])
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Any]:
    """Make pages: `new_page(width=390, theme="dark", locale="de-DE")`; all are closed at the end."""
    contexts = []

    def make(width: int = 1440, theme: Any = "light", locale: str = "en-GB") -> Page:
        size: Any = {"width": width, "height": WIDTHS.get(width, 800)}
        context = browser.new_context(
            viewport=size, color_scheme=theme, locale=locale, timezone_id="Europe/Berlin", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def desk() -> Iterator[CannedDesk]:
    """The screens served with the real security headers, answered by a desk that lives in memory."""
    with serve() as running:
        yield running


@pytest.fixture
def admin(desk: CannedDesk) -> CannedDesk:
    """The canned desk with an administrator signed in, and everything that tickets are described with."""
    desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
    desk.settings.describe()
    return desk
