"""What a mail holds beside its words, on its card: read in the reader's language and zone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.canned import CannedDesk


def test_invitations_stand_in_the_readers_zone(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1002")
    first, days, off = (page.locator(".invite").nth(number) for number in range(3))
    expect(first).to_contain_text("Visit of the technician")
    expect(first.locator("time")).to_have_text("Fri, 3 Jul 2026, 10:00–11:30 CEST")
    expect(first).to_contain_text("every week")
    expect(first).to_contain_text("Room 5, 2nd floor")
    expect(first).to_contain_text("from Zoe Zimmer · 1 invited")
    assert first.locator("a").get_attribute("href") == "/v1/attachments/F2"
    expect(days.locator("time")).to_have_text("Fri, 3 Jul – Sat, 4 Jul 2026")
    expect(days.locator("a")).to_have_count(0)
    expect(off).to_contain_text("Cancelled")
    expect(off).to_contain_text("no time zone given")


def test_signature_report_and_damage_are_told(desk: CannedDesk, new_page: Any) -> None:
    page = new_page(locale="de-DE")
    page.goto(f"{desk.origin}/agent/views/open/tickets/1002")
    card = page.locator(".message").first
    expect(card.locator(".tag.good")).to_contain_text("Signiert")
    expect(card.locator(".tag.good")).to_have_attribute(
        "title", "Signiert von zoe@customer.test, Zertifikat von Fixture Root"
    )
    expect(card.locator(".mail-fact.bad")).to_have_text("bo@elsewhere.test: nicht zugestellt smtp; 550 no such user")
    expect(card).to_contain_text("eve@elsewhere.test: noch nicht zugestellt")
    damage = card.locator(".mail-fact").last
    expect(damage).to_contain_text("Teile dieser Mail waren beschädigt: der Zeichensatz, der Aufbau.")
    assert damage.locator("a").get_attribute("href") == "/v1/mail/01MAIL/raw"


def test_a_signature_by_another_is_no_signature(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1003")
    card = page.locator(".message").first
    expect(card.locator(".mail-fact").last).to_contain_text("It is by bo@elsewhere.test, who is not the sender.")
    expect(card.locator(".tag.good")).to_have_count(0)


def test_plain_mail_stays_plain(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1000")
    page.wait_for_selector(".message")
    expect(page.locator(".mail-facts, .invite")).to_have_count(0)


def test_what_is_wrong_with_the_origin_is_told_and_why_it_is_here(desk: CannedDesk, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{desk.origin}/agent/views/open/tickets/1003")
    card = page.locator(".message").first
    expect(page.locator(".conversation-head, .conversation").first).to_contain_text("sales@acme.test")
    expect(card.locator(".tag.bad")).to_contain_text("Not by the sender")
    expect(card).to_contain_text("Joined")
    expect(card.locator(".mail-fact").first).to_have_text("Sent by list@elsewhere.test, who names this writer.")
    card.locator(".message-more").click()
    expect(page.get_by_role("menuitem", name="Why is it here?")).to_contain_text("signed reply address in the envelope")
