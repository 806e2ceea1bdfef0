"""Mail at its worst, over real SMTP: machines that answer, absences, bounces, storms, and a stack that is killed."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.flows.test_desk import a_mail, call, mails_to, send, ticket_of, wait_for
from tests.stack_fixture import Stack, start_stack, stop_stack

SUPPORT = "support@acme.test"
STORM = 300


def ledger(stack: Any) -> list[dict[str, Any]]:
    rows, cursor = [], ""
    while True:
        page = call(stack, "GET", f"/v1/mail?limit=100{cursor}")[1]
        rows += page["data"]
        if not page["next_cursor"]:
            return rows
        cursor = f"&cursor={page['next_cursor']}"


def settled(stack: Any, part: str, count: int, seconds: float = 60) -> list[dict[str, Any]]:
    """The rows of the ledger whose subject has this in it, once there are as many."""

    def look() -> Any:
        found = [row for row in ledger(stack) if part in row["subject"]]
        return found if len(found) >= count else None

    return wait_for(f"{count} mails {part!r}", look, seconds)


def test_pain12_a_machine_that_answers_everything_is_answered_three_times_at_most(stack: Stack) -> None:
    """It says of itself nothing that a machine should: every answer looks like a new mail of a person."""
    robot = "robot@loop.test"
    send(stack, a_mail("Loop 0", robot, "Hello"), robot, SUPPORT)
    answered = 0
    for turn in range(1, 9):
        settled(stack, f"Loop {turn - 1}", 1)
        deadline = time.monotonic() + 4
        while len(mails_to(stack, robot)) <= answered and time.monotonic() < deadline:
            time.sleep(0.1)
        if len(mails_to(stack, robot)) <= answered:
            break
        answered = len(mails_to(stack, robot))
        send(stack, a_mail(f"Loop {turn}", robot, f"I have got your mail number {turn}"), robot, SUPPORT)
    assert 1 <= answered <= 3
    events = [
        event
        for row in ledger(stack)
        if row["subject"].startswith("Loop") and row["ticket_id"]
        for event in call(stack, "GET", f"/v1/tickets/{row['ticket_id']}?include=events")[1]["events"]
    ]
    silenced = [event["data"] for event in events if event["type"] == "ticket.mail_silenced"]
    assert [(one["what"], one["because"]) for one in silenced] == [("acknowledgement", "rate")], "it is told"


def test_em32_an_absence_note_neither_wakes_nor_is_answered(stack: Stack) -> None:
    who = "away@customer.test"
    send(stack, a_mail("Away from here", who, "Please help"), who, SUPPORT)
    ticket = ticket_of(stack, "Away from here")
    answer = {"kind": "reply", "body_text": "Done."}
    assert call(stack, "POST", f"/v1/tickets/{ticket['id']}/messages", answer)[0] == 201
    sent = wait_for(
        "the answer", lambda: [it for it in mails_to(stack, who) if "Done." in str(it.get_body(("plain",)))]
    )
    assert call(stack, "PUT", f"/v1/tickets/{ticket['id']}/resolution")[0] == 200
    before = len(mails_to(stack, who))
    note = a_mail(
        "Out of office", who, "Back on Monday", In_Reply_To=sent[0]["Message-ID"], Auto_Submitted="auto-replied"
    )
    send(stack, note, who, SUPPORT)
    (row,) = settled(stack, "Out of office", 1)
    assert row["ticket_id"] == ticket["id"]
    after = call(stack, "GET", f"/v1/tickets/{ticket['id']}?include=messages")[1]
    assert after["status"]["category"] == "solved"
    assert any("Back on Monday" in one["body_text"] for one in after["messages"])
    assert len(mails_to(stack, who)) == before


def test_em35_what_bounces_is_told_on_its_message_and_not_tried_again(stack: Stack) -> None:
    who = "bounce@simulator.amazonses.com"
    send(stack, a_mail("Unreachable", "gone@customer.test", "Please help", Reply_To=who), "gone@customer.test", SUPPORT)
    ticket = ticket_of(stack, "Unreachable")
    assert call(stack, "PATCH", f"/v1/tickets/{ticket['id']}", {"requester": {"email": who}})[0] == 200

    def reply(words: str) -> dict[str, Any]:
        body = {"kind": "reply", "body_text": words}
        message = call(stack, "POST", f"/v1/tickets/{ticket['id']}/messages", body)[1]
        look = lambda: next(  # noqa: E731
            one
            for one in call(stack, "GET", f"/v1/tickets/{ticket['id']}/messages")[1]["data"]
            if one["id"] == message["id"]
        )
        final = {"bounced", "suppressed"}
        return wait_for("its delivery", lambda: look() if look()["delivery"]["status"] in final else None)

    assert reply("First")["delivery"]["status"] == "bounced"
    assert who in [row["address"] for row in call(stack, "GET", "/v1/suppressions")[1]["data"]]
    assert reply("Second")["delivery"]["status"] == "suppressed"


def test_em39_a_storm_loses_nothing_while_the_desk_answers(stack: Stack) -> None:
    def listing() -> float:
        began = time.perf_counter()
        assert call(stack, "GET", "/v1/tickets?category=active&limit=50")[0] == 200
        return time.perf_counter() - began

    calm = [listing() for _ in range(20)]
    senders = [f"storm{number % 30}@customer.test" for number in range(STORM)]
    mails = [a_mail(f"Storm {number}", who, "It rains") for number, who in enumerate(senders)]
    with ThreadPoolExecutor(4) as pool:
        handed = [pool.submit(send, stack, mail, who, SUPPORT) for mail, who in zip(mails, senders, strict=True)]
        during = [listing() for _ in range(20)]
        assert all(one.result() is None for one in handed)
    rows = settled(stack, "Storm ", STORM, 120)
    assert len({row["subject"] for row in rows}) == STORM
    assert {row["outcome"] for row in rows} <= {"message", "quarantine"}
    assert {row["cause"] for row in rows if row["outcome"] == "quarantine"} <= {"rate_limited"}
    assert statistics.median(during) < 30 * statistics.median(calm) + 1, "it answers, with two cores for all of it"


def test_no_mail_that_was_accepted_is_lost_when_everything_is_killed(tmp_path: Path) -> None:
    import signal

    process, running = start_stack(tmp_path / "local")
    try:
        for number in range(25):
            send(
                running,
                a_mail(f"Killed {number}", f"k{number}@customer.test", "x"),
                f"k{number}@customer.test",
                SUPPORT,
            )
        stop_stack(process, signal.SIGKILL)
        process, running = start_stack(tmp_path / "local")
        rows = settled(running, "Killed ", 25, 90)
        assert sorted(row["subject"] for row in rows) == sorted(f"Killed {number}" for number in range(25))
        assert {row["outcome"] for row in rows} == {"message"}
    finally:
        stop_stack(process)
