"""The main job through a real browser and the whole laptop stack: a mail in, an answer out, the portal."""

from __future__ import annotations

import re
import smtplib
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

from playwright.sync_api import Page, expect

from tests.stack_fixture import Stack

PATIENCE = 20  # seconds for mail to go all the way
GRACE = 30  # seconds: a reply is held for ten, in which it can be taken back
SUBJECT = "Der Lader zeigt E-42 充電器 since this morning"


def write_mail(stack: Stack, text: str, **headers: str) -> EmailMessage:
    """Send a mail from the customer to the desk; returns it."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"Carla Customer <{stack.customer['email']}>"
    mail["To"] = headers.pop("to", stack.support_address)
    mail["Subject"] = SUBJECT
    mail["Message-ID"] = make_msgid(domain="customer.test")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    host, port = stack.smtp_in.split(":")
    with smtplib.SMTP(host, int(port)) as smtp:
        smtp.send_message(mail)
    return mail


def delivered(stack: Stack, text: str) -> Any:
    """Wait for a mail to the customer whose body holds `text`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for path in sorted(stack.mail_out.rglob("*.eml")):
            mail: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain", "html"))
            if stack.customer["email"] in str(mail["To"]) and body and text in body.get_content():
                return mail
        time.sleep(0.1)
    raise AssertionError(f"no mail with {text!r} was delivered")


def sign_in(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.origin}/agent/")
    page.get_by_label("Mail address").fill(stack.agent["email"])
    page.get_by_label("Password").fill(stack.agent["password"])
    page.get_by_role("button", name="Sign in").click()


def answer(page: Page, text: str) -> None:
    page.wait_for_selector(".editor")
    page.keyboard.press("r")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".leaving")).to_be_visible()
    expect(page.locator(".leaving")).to_have_count(0, timeout=GRACE * 1000)


def test_mail_answer_reply_and_portal(stack: Stack, new_page: Any) -> None:
    agent = new_page()
    sign_in(agent, stack)
    expect(agent.locator(".list")).to_be_visible()

    asked = write_mail(stack, "Good morning,\n\nthe charger stops after three minutes.")
    row = agent.locator(".ticket", has_text=SUBJECT)
    expect(row).to_be_visible(timeout=PATIENCE * 1000)
    row.click()
    expect(agent.frame_locator("mail-body iframe").first.locator("body")).to_contain_text("stops after three minutes")
    agent.wait_for_selector("[data-control=assignee]").click()
    agent.get_by_role("option", name="Assign to me").click()
    expect(agent.locator("[data-control=assignee]")).to_contain_text("You")

    answer(agent, "Please restart it once and tell us what it shows.")
    mail = delivered(stack, "Please restart it once")
    assert mail["In-Reply-To"] == asked["Message-ID"]
    assert asked["Message-ID"] in mail["References"]
    assert mail["Auto-Submitted"] is None
    assert "E-42 充電器" in mail["Subject"]

    references = f"{mail['References']} {mail['Message-ID']}"
    back = str(mail["Reply-To"] or mail["From"])
    write_mail(stack, "It shows E-42 again.", to=back, In_Reply_To=mail["Message-ID"], References=references)
    last = agent.locator(".message").last
    expect(last.frame_locator("iframe").locator("body")).to_contain_text("It shows E-42 again", timeout=PATIENCE * 1000)
    expect(agent.locator(".ticket")).to_have_count(1)

    customer = new_page(width=390)
    customer.goto(f"{stack.origin}/portal/")
    customer.get_by_label("Mail address").fill(stack.customer["email"])
    customer.get_by_role("button", name="Send me a link").click()
    expect(customer.get_by_role("heading", name="Check your mail")).to_be_visible()
    body = delivered(stack, "/portal/#/sign-in/").get_body(("plain",)).get_content()
    link = re.search(r"https?://\S+/portal/#/sign-in/[\w.~-]+", body)
    assert link
    customer.goto(link[0])
    customer.get_by_role("button", name="Sign in").click()
    customer.get_by_role("link", name=SUBJECT).click()
    expect(customer.locator(".portal-message")).to_have_count(3)
    customer.get_by_role("button", name="It is solved").click()
    expect(customer.locator(".toast")).to_contain_text("The ticket is solved")

    expect(agent.locator("[data-control=status]")).to_contain_text("Solved", timeout=PATIENCE * 1000)
    customer.goto("about:blank")
    customer.goto(link[0])
    customer.get_by_role("button", name="Sign in").click()
    expect(customer.get_by_role("heading", name="no longer valid")).to_be_visible()
