"""The bell, one's notices by ticket, and how one wishes to be told (NO-02, NO-03, NO-04)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canned import CannedDesk, ready


def open_notices(page: Page, desk: CannedDesk) -> None:
    page.goto(f"{desk.origin}/agent/notices")
    ready(page, ".notice")


def row(page: Page, words: str) -> Locator:
    return page.locator(".notice", has_text=words)


def test_no02_the_bell_counts_and_leads_to_notices_by_ticket(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/")
    ready(page, ".rail")
    expect(page.locator(".rail-count")).to_have_text("4")
    page.keyboard.press("b")
    expect(page.locator(".notice-group")).to_have_count(3)
    first = page.locator(".notice-group").first
    expect(first.locator("h2")).to_contain_text(desk.tickets[0]["subject"])
    expect(first.locator(".notice")).to_have_count(3)
    expect(first.locator(".notice.unread")).to_have_count(2)
    expect(row(page, "First reply: the promise is broken")).to_contain_text("Level 2")
    expect(row(page, "A big customer waits")).to_be_visible()
    expect(row(page, "no longer see").locator("a")).to_have_count(0)


def test_a_notice_opens_its_ticket_and_is_read(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_notices(page, desk)
    row(page, "mentioned you").locator("a").click()
    expect(page.locator(".conversation h1")).to_contain_text(desk.tickets[0]["subject"])
    assert desk.written("/notifications/N6") == [("PATCH", {"read": True})]
    expect(page.locator(".rail-count")).to_have_text("3")


def test_it_is_used_by_keyboard_alone(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_notices(page, desk)
    page.keyboard.press("j")
    expect(row(page, "mentioned you").locator("a")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(row(page, "mentioned you")).not_to_have_class("notice unread")
    assert desk.written("/notifications/N6") == [("PATCH", {"read": True})]
    page.keyboard.press("Space")
    assert desk.written("/notifications/N6", 2)[1] == ("PATCH", {"read": False})
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".conversation")).to_be_visible()


def test_all_are_read_at_once_and_come_back_when_that_is_refused(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_notices(page, desk)
    desk.notices.refusal = (503, {"code": "unavailable", "detail": "The tables are busy."})
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".toast")).to_have_text("Nothing was changed. The tables are busy.")
    expect(page.locator(".notice.unread")).to_have_count(4)
    desk.notices.refusal = None
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".rail-count")).to_have_count(0)
    page.get_by_role("radio", name="Unread").click()
    expect(page.locator(".state h2")).to_have_text("You have read everything")


def test_no03_why_a_channel_did_not_tell_stands_at_the_notice(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    open_notices(page, desk)
    held = row(page, "Mara Lindqvist replied")
    held.get_by_role("button", name="How you were told").click()
    expect(held.locator("dd")).to_contain_text(["Sent", "your quiet hours", "Sent"])
    first = row(page, "mentioned you")
    first.get_by_role("button", name="How you were told").click()
    expect(first.locator("dd").last).to_have_text("Not sent: no browser of yours gets push messages")
    expect(held.locator("dd")).to_have_count(0)


def test_notices_that_do_not_load_say_so_and_are_asked_for_again(desk: CannedDesk, new_page: Any) -> None:
    desk.broken = "/notifications"
    page = new_page()
    page.goto(f"{desk.origin}/agent/notices")
    expect(page.locator(".state h2")).to_have_text("Your notices did not load")
    desk.broken = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".notice")).to_have_count(6)


def test_nothing_to_tell_is_said(desk: CannedDesk, new_page: Any) -> None:
    desk.notices.rows = []
    page = new_page()
    page.goto(f"{desk.origin}/agent/notices")
    expect(page.locator(".state h2")).to_have_text("Nothing has happened yet")
    expect(page.locator(".rail-count")).to_have_count(0)


def open_wishes(page: Page, desk: CannedDesk) -> Locator:
    page.goto(f"{desk.origin}/agent/me/notifications")
    ready(page, "table.wishes")
    return page.locator("me-notices")


def test_no03_every_kind_has_a_check_for_each_channel_and_a_change_is_kept(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wishes = open_wishes(page, desk)
    expect(wishes.locator("tbody tr")).to_have_count(13)
    expect(wishes.locator("[name='mentioned:mail']")).to_be_checked()
    wishes.locator("[name='mentioned:mail']").uncheck()
    wishes.locator("[name='new_ticket:push']").check()
    kept = desk.written("/notifications/preferences", 2)
    assert kept == [
        ("PATCH", {"channels": {"mentioned": ["inbox", "push"]}}),
        ("PATCH", {"channels": {"new_ticket": ["push"]}}),
    ]
    wishes.get_by_role("radio", name="Never").click()
    expect(wishes.locator("[name='assigned:mail']")).to_be_disabled()
    wishes.get_by_role("radio", name="Daily").click()
    wishes.locator("#wish-daily").fill("09:30")
    wishes.locator("#wish-daily").press("Tab")
    modes = [body for _, body in desk.written("/notifications/preferences", 5)[2:]]
    assert modes == [{"mail": "off"}, {"mail": "daily"}, {"daily_at": "09:30"}]


def test_no03_quiet_hours_are_set_with_days_and_zone(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wishes = open_wishes(page, desk)
    wishes.locator("[name=quiet]").check()
    every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    night = {"since": "22:00", "until": "07:00", "days": every}
    assert desk.written("/notifications/preferences") == [("PATCH", {"quiet": night})]
    wishes.locator("[name='quiet:sat']").uncheck()
    assert desk.written("/notifications/preferences", 2)[1][1]["quiet"]["days"] == [
        one for one in every if one != "sat"
    ]
    wishes.locator("#wish-zone").fill("America/New_York")
    wishes.locator("#wish-zone").press("Tab")
    assert desk.written("/notifications/preferences", 3)[2][1] == {"zone": "America/New_York"}
    wishes.locator("[name=quiet]").uncheck()
    assert desk.written("/notifications/preferences", 4)[3][1] == {"quiet": None}


def test_a_wish_that_is_refused_goes_back_with_a_sentence(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wishes = open_wishes(page, desk)
    fault = {"pointer": "/zone", "code": "unknown", "message": "a zone such as Europe/Berlin"}
    desk.notices.refusal = (422, {"code": "invalid", "detail": "no", "errors": [fault]})
    wishes.locator("#wish-zone").fill("Mars")
    wishes.locator("#wish-zone").press("Tab")
    expect(page.locator(".toast")).to_have_text("Nothing was changed. a zone such as Europe/Berlin")
    expect(wishes.locator("#wish-zone")).to_have_value("Europe/Berlin")


def test_no04_a_browser_is_taken_off_the_list(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    wishes = open_wishes(page, desk)
    expect(wishes.locator(".session")).to_contain_text("Firefox, Linux")
    wishes.get_by_role("button", name="Stop").click()
    expect(wishes.locator(".session")).to_have_count(0)
    assert desk.written("/notifications/push-subscriptions/D1") == [("DELETE", {})]


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_on_a_phone_both_fit(desk: CannedDesk, new_page: Any, locale: str) -> None:
    page = new_page(width=390, locale=locale)
    open_notices(page, desk)
    expect(page.locator(".tab-bar a[aria-current=page] .tab-count")).to_have_text("4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wishes = open_wishes(page, desk)
    box = wishes.locator("[name='rule:push']").locator("xpath=..").bounding_box()
    assert box and box["height"] >= 44 and box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no02_a_colleague_is_mentioned_in_a_note_by_keyboard(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    ticket = desk.tickets[0]
    page.goto(f"{desk.origin}/agent/tickets/{ticket['number']}")
    ready(page, ".reply .editor")
    page.keyboard.press("n")
    expect(page.locator(".reply.note .editor")).to_be_focused()
    page.keyboard.type("Please look, @li")
    expect(page.locator(".mentions li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".editor")).to_contain_text("@Mara Lindqvist")
    expect(page.locator(".mentions")).to_have_count(0)
    page.keyboard.type("thanks")
    page.keyboard.press("Control+Enter")
    (_, body) = desk.written(f"/tickets/{ticket['id']}/messages")[0]
    assert body["mentions"] == ["A2"]
    assert "@Mara Lindqvist" in body["body_html"]


def test_in_a_reply_nobody_is_mentioned(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/tickets/{desk.tickets[0]['number']}")
    ready(page, ".reply .editor")
    page.keyboard.press("r")
    expect(page.locator(".reply .editor")).to_be_focused()
    page.keyboard.type("Hello @Mara")
    expect(page.locator(".mentions")).to_have_count(0)


def test_no04_a_browser_subscribes_and_shows_what_is_pushed_to_it(desk: CannedDesk, new_page: Any) -> None:
    """The push service is not there: what it gives is given for it, and its message is delivered by the debugger."""
    page = new_page()
    page.context.grant_permissions(["notifications"], origin=desk.origin)
    page.add_init_script(
        """PushManager.prototype.subscribe = async (options) => {
             window.key = new Uint8Array(options.applicationServerKey).length;
             return { toJSON: () => ({ endpoint: "https://push.example/x", keys: { p256dh: "P", auth: "A" } }) };
           };"""
    )
    wishes = open_wishes(page, desk)
    wishes.get_by_role("button", name="Get them in this browser").click()
    (_, body) = desk.written("/notifications/push-subscriptions")[0]
    assert body["endpoint"] == "https://push.example/x" and body["keys"] == {"p256dh": "P", "auth": "A"}
    assert page.evaluate("window.key") == 65
    assert page.evaluate("navigator.serviceWorker.ready.then((it) => new URL(it.scope).pathname)") == "/agent/"
    session = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    while not found:  # the debugger tells of it in its own time
        page.evaluate("0")
    message = '{"title": "#1000 Garage", "body": "Carla wrote", "tag": "T1", "url": "/agent/tickets/1000"}'
    for _ in range(2):
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": f"{desk.origin}/", "registrationId": found[0]["registrationId"], "data": message},
        )
    shown = page.evaluate(
        """async () => {
             const worker = await navigator.serviceWorker.ready;
             for (;;) {
               const all = await worker.getNotifications();
               if (all.length) return all.map((each) => [each.title, each.body, each.data.url]);
               await new Promise((done) => setTimeout(done, 20));
             }
           }"""
    )
    assert shown == [["#1000 Garage", "Carla wrote", "/agent/tickets/1000"]], "the second takes the place of the first"


def open_policy(page: Page, desk: CannedDesk) -> Locator:
    page.goto(f"{desk.origin}/agent/settings/notices")
    ready(page, "notice-policy table")
    return page.locator("notice-policy")


def test_rt09_an_administrator_sets_levels_and_defaults_and_takes_them_back(admin: CannedDesk, new_page: Any) -> None:
    page = new_page()
    policy = open_policy(page, admin)
    policy.locator("[name=lead_after_minutes]").fill("15")
    policy.locator("[name=lead_after_minutes]").press("Tab")
    path = "/notifications/policy"
    assert admin.written(path) == [("PATCH", {"lead_after_minutes": 15})]
    expect(page.locator(".toast")).to_contain_text("Kept for everybody")
    page.locator(".toast .act").click()
    assert admin.written(path, 2)[1] == ("PATCH", {"lead_after_minutes": 30})
    policy.locator("[name=admin_after_minutes]").fill("")
    policy.locator("[name=admin_after_minutes]").press("Tab")
    assert admin.written(path, 3)[2] == ("PATCH", {"admin_after_minutes": None})
    policy.locator("[name='new_ticket:inbox']").check()
    assert admin.written(path, 4)[3] == ("PATCH", {"channels": {"new_ticket": ["inbox"]}})
    policy.locator("[name=mails_per_minute]").fill("0")
    policy.locator("[name=mails_per_minute]").press("Tab")
    policy.get_by_role("radio", name="Hourly").click()
    assert admin.written(path, 5)[4] == ("PATCH", {"mail": "hourly"}), "nothing was kept of what is too little"


def test_without_the_right_to_write_the_defaults_are_only_read(desk: CannedDesk, new_page: Any) -> None:
    desk.role = desk.role | {"role": "agent", "permissions": ["tickets:read", "people:read", "settings:read"]}
    desk.settings.describe()
    page = new_page()
    policy = open_policy(page, desk)
    assert policy.locator("input:enabled, .segments button:enabled").count() == 0
