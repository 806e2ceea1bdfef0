"""What a page fetches before it draws: the whole module graph at once, and nothing that it may not need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.canned import CannedDesk

STATIC = Path(__file__).resolve().parents[2] / "portal_static"
STATICALLY = re.compile(r'(?:^|[};\s])(?:import|export)\b[^"\'();]*?["\'](\.[^"\']+)["\']')
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
PRELOADED = re.compile(r'<link rel="modulepreload" href="([^"]+)"')


def imports(module: Path, pattern: re.Pattern[str]) -> list[Path]:
    code = re.sub(r"/\*.*?\*/", "", module.read_text(), flags=re.S)
    return [(module.parent / found).resolve() for found in pattern.findall(code)]


def graph(app: str) -> set[str]:
    """Addresses of what the start of an app needs: what its main module imports, now or at once after."""
    main = STATIC / app / "main.js"
    waiting, met = [main, *imports(main, LATER)], set[Path]()
    while waiting:
        module = waiting.pop()
        if module not in met:
            met.add(module)
            waiting.extend(imports(module, STATICALLY))
    return {f"/{module.relative_to(STATIC)}" for module in met - {main}}


@pytest.mark.parametrize("app", ["agent", "portal"])
def test_the_module_graph_is_preloaded(app: str) -> None:
    listed = PRELOADED.findall((STATIC / app / "index.html").read_text())
    assert len(listed) == len(set(listed))
    assert set(listed) == graph(app)


@pytest.mark.parametrize("app", ["agent", "portal"])
def test_the_graph_that_is_read_is_the_real_one(desk: CannedDesk, new_page: Any, app: str) -> None:
    desk.signed_in = False
    page = new_page()
    bare = PRELOADED.sub("<link", (STATIC / app / "index.html").read_text())
    page.route(f"**/{app}/", lambda route: route.fulfill(body=bare, content_type="text/html"))
    later = imports(STATIC / app / "app.js", LATER)
    for module in later:
        page.route(f"**/{module.relative_to(STATIC)}", lambda route: route.abort())
    fetched: set[str] = set()
    page.on("request", lambda request: fetched.add(request.url.removeprefix(desk.origin)))
    page.goto(f"{desk.origin}/{app}/")
    page.wait_for_selector("form")
    scripts = {address for address in fetched if address.endswith(".js")}
    assert scripts - {f"/{module.relative_to(STATIC)}" for module in later} == graph(app) | {f"/{app}/main.js"}


def test_the_portal_draws_its_head_before_its_scripts(desk: CannedDesk, new_page: Any) -> None:
    page = new_page(width=390)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{desk.origin}/portal/")
    assert page.locator(".portal-top .mark").is_visible()
