"""axe finds nothing on any screen, in both themes and on a phone; nothing is wider than the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.canned import CannedDesk
from tests.browser.canned_settings import ADMIN

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
SCREENS = {
    "sign in": ("/agent/", "form", []),
    "list": ("/agent/views/open", ".ticket", []),
    "conversation": ("/agent/views/open/tickets/1000", ".message", []),
    "rich mail": ("/agent/views/open/tickets/1002", ".invite", []),
    "forged mail": ("/agent/views/open/tickets/1003", ".mail-fact", []),
    "note": ("/agent/views/open/tickets/1000", ".message", ["n"]),
    "menu": ("/agent/views/open/tickets/1000", ".message", ["a"]),
    "palette": ("/agent/views/open/tickets/1000", ".message", ["Control+k"]),
    "key sheet": ("/agent/views/open", ".ticket", ["?"]),
    "new ticket": ("/agent/views/open", ".ticket", ["c"]),
    "search": ("/agent/search?q=garage", ".ticket mark", []),
    "search mistake": ("/agent/search?filter=statuss:x", ".search-problem", []),
    "suggestions": ("/agent/views/open", ".ticket", ["/", "s", "t", "a"]),
    "save view": ("/agent/search?q=garage", ".facets button >> nth=0", ["#.facets button"]),
    "chosen": ("/agent/views/open", ".ticket", ["x"]),
    "bulk": ("/agent/views/open", ".ticket", ["x", "#.bulk-bar [aria-haspopup] >> nth=1", "#.menu .item >> nth=2"]),
    "answers": ("/agent/views/open/tickets/1000", ".editor", ["r", "/"]),
    "snooze": ("/agent/views/open/tickets/1000", ".message", ["s"]),
    "send later": (
        "/agent/views/open/tickets/1000",
        ".editor",
        ["r", "x", "#.reply-bar [aria-haspopup]", "#.menu .item >> nth=-1", "#.menu .item >> nth=0"],
    ),
    "side form": ("/agent/views/open/tickets/1000", ".message", ["]"]),
    "wall": ("/agent/numbers", ".num-tile", []),
    "own numbers": ("/agent/numbers/me", ".num-tile", []),
    "quarantine": ("/agent/mail/quarantine", ".mail", []),
    "quarantined mail": ("/agent/mail/quarantine", ".mail", ["#.mail-look", "#.mail [aria-haspopup]"]),
    "mailboxes": ("/agent/settings/mailboxes", ".set-link", []),
    "mailbox": ("/agent/settings/mailboxes/main", "#set-address", []),
    "new mailbox": ("/agent/settings/mailboxes?new=1", "#set-address", ["Control+s"]),
    "sender rule": ("/agent/settings/senders/S1", "#set-pattern", []),
    "incoming mail": ("/agent/settings/arrival", "#set-copies_per_mail", []),
    "mail template": ("/agent/settings/letters/acknowledgement-fr", ".trial-words", ["#.folded summary"]),
    "new mail template": ("/agent/settings/letters?new=1", "#set-html", ["Control+s"]),
    "suppressions": ("/agent/settings/suppressions", ".set-link", []),
    "suppression": ("/agent/settings/suppressions/P1", "#set-address", []),
    "mail domains": ("/agent/settings/domains", ".dns-record", []),
    "me": ("/agent/me", ".session", []),
    "notices": ("/agent/notices", ".notice", ["#.notice [aria-expanded]"]),
    "how one is told": ("/agent/me/notifications", "table.wishes", ["#[name=quiet]"]),
    "mention": ("/agent/views/open/tickets/1000", ".editor", ["n", "@"]),
    "settings": ("/agent/settings", ".set-menu .view", []),
    "teams": ("/agent/settings/teams", ".set-link", []),
    "team": ("/agent/settings/teams/T1", "#set-name", []),
    "import": ("/agent/settings/colleagues?import=1", ".import-file", []),
    "role": ("/agent/settings/roles/agent", ".set-form .alert", []),
    "new role": ("/agent/settings/roles?new=1", "#set-label", ["Control+s"]),
    "colleague": ("/agent/settings/colleagues/A2", "#set-role", []),
    "keys": ("/agent/settings/keys", ".set-link", []),
    "new key": ("/agent/settings/keys?new=1", "#set-name", ["a", "Control+s"]),
    "closing rule": ("/agent/settings/closing/Z1", "#set-name", []),
    "coverage": ("/agent/settings/coverage?from=2026-11-16&day=2026-11-17&calendar=C1", ".cov-bare", []),
    "shift": (
        "/agent/settings/coverage?from=2026-11-16&day=2026-11-16",
        ".cov-block",
        ["#button.cov-block", "#[name='day:sat']"],
    ),
    "new leave": (
        "/agent/settings/coverage?from=2026-11-16&day=2026-11-16",
        ".cov-block",
        ["#.set-head .second", "#[name=whole]"],
    ),
    "calendars": ("/agent/settings/calendars", ".set-link", []),
    "calendar": ("/agent/settings/calendars/C1", ".week-block", ["#.folded summary"]),
    "overnight": ("/agent/settings/calendars/C2", ".week-block", []),
    "new calendar": ("/agent/settings/calendars?new=1", ".week-block", ["Control+s"]),
    "policy": ("/agent/settings/sla/L1", ".targets", []),
    "tried policy": ("/agent/settings/sla/L1", ".targets", ["#.sla-trial button"]),
    "new policy": ("/agent/settings/sla?new=1", ".targets", ["x", "Tab", "Tab", "x", "Control+s"]),
    "rules": ("/agent/settings/rules", ".set-link", []),
    "tried rule": ("/agent/settings/rules/Q1", ".rule-row", ["#.rule-events summary", "#.rule-trial .btn"]),
    "rule as text": ("/agent/settings/rules/Q1", ".rule-row", ["#[name='when:text']"]),
    "timed rule": ("/agent/settings/rules/Q2", ".rule-row", []),
    "broken rule": ("/agent/settings/rules/Q3", ".alert.bad", []),
    "new rule": ("/agent/settings/rules?new=1", "#set-name", ["#[name='group:top']", "Control+s"]),
    "app": ("/agent/settings/apps/O1", "#set-name", []),
    "authorize": ("/agent/authorize?client_id=O1", ".grant-scopes", []),
    "authorize wrong": ("/agent/authorize?client_id=nobody", ".door-card .alert", []),
    "statuses": ("/agent/settings/statuses", ".set-link", []),
    "status": ("/agent/settings/statuses/open", "#set-label", []),
    "new status": ("/agent/settings/statuses?new=1", "#set-label", ["Control+s"]),
    "priority": ("/agent/settings/priorities/high", "#set-label", []),
    "topic": ("/agent/settings/topics/firmware", "#set-label", []),
    "field": ("/agent/settings/fields/serial", "#set-label", []),
    "tree field": ("/agent/settings/fields/site", ".option-line", []),
    "form": ("/agent/settings/forms/F1", ".line-name", []),
    "tag": ("/agent/settings/tags/firmware", ".rename", []),
    "view": ("/agent/settings/views/V1", ".found", []),
    "macro": ("/agent/settings/macros/M1", ".editor", []),
    "new macro": ("/agent/settings/macros?new=1", "#set-name", ["Control+s"]),
    "template": ("/agent/settings/templates/X1", ".editor", []),
    "webhook": ("/agent/settings/webhooks/W1", ".delivery", []),
    "paused webhook": ("/agent/settings/webhooks/W2", ".alert.bad", []),
    "new webhook": ("/agent/settings/webhooks?new=1", "#set-url", []),
    "audit": ("/agent/settings/audit", ".log-row", []),
    "access": ("/agent/settings/access?actor=A1&ticket=1000", ".reason", []),
    "portal sign in": ("/portal/", ".portal-ask", []),
    "portal link": ("/portal/#/sign-in/token", ".portal-hero button", []),
    "portal tickets": ("/portal/", ".portal-row", []),
    "portal ticket": ("/portal/#/tickets/K0", ".portal-message", []),
    "portal new": ("/portal/#/new", ".portal-form", []),
}


def show(page: Page, desk: CannedDesk, screen: str) -> None:
    path, ready, keys = SCREENS[screen]
    desk.signed_in = "sign in" not in screen and "link" not in screen
    if path.startswith("/agent/settings"):
        desk.role = desk.role | {"role": "admin", "permissions": ADMIN}
        desk.settings.describe()
    page.goto(desk.origin + path)
    page.wait_for_selector(ready)
    for key in keys:
        page.locator(key[1:]).first.click() if key.startswith("#") else page.keyboard.press(key)
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)


def faults(page: Page) -> list[Any]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [(it["id"], [node["html"][:200] for node in it["nodes"][:3]]) for it in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(desk: CannedDesk, new_page: Any, screen: str, theme: str) -> None:
    page = new_page(theme=theme)
    show(page, desk, screen)
    assert faults(page) == []


@pytest.mark.parametrize("width", [1024, 390])
@pytest.mark.parametrize("screen", SCREENS)
def test_narrow_screens(desk: CannedDesk, new_page: Any, screen: str, width: int) -> None:
    page = new_page(width=width, locale="de-DE")
    problems: list[str] = []
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    show(page, desk, screen)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert faults(page) == []
    assert problems == []
