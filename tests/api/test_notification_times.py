"""NO-03, RT-09: when people are told: quiet hours, digests, storms, and levels of a broken promise."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parseaddr

import pytest

from helpdesk.core import config
from tests.api.notices import kinds, mails, mine, note, settle, state, text_of, told, wish
from tests.api.test_sla import policy
from tests.api.test_timers import tick
from tests.callers import NEW_TICKET, staff
from tests.faults import deaths

BERLIN = "Europe/Berlin"
WEEK = {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NIGHT = {"since": "22:00", "until": "07:00", "days": EVERY_DAY}


@pytest.fixture(autouse=True)
def passing(timeline, monkeypatch):
    """A millisecond passes whenever somebody looks at the clock, so that things have an order."""

    def now() -> datetime:
        timeline.go(milliseconds=1)
        return timeline.at

    monkeypatch.setattr("helpdesk.core.clock.now", now)


@pytest.fixture
def night(timeline):
    """It is Friday, eleven in the evening in Berlin."""
    timeline.at = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    return timeline


def go(cloud, timeline, at: datetime) -> None:
    """It becomes another time, and the clock ticks."""
    timeline.at = at
    cloud.tick()


def test_no03_in_quiet_hours_a_mail_is_held_until_they_end_and_says_so(cloud, admin, agent, night):
    wish(agent, zone=BERLIN, quiet=NIGHT)
    ticket = mine(admin, agent, cloud)
    assert state(agent, "mail") == ("held", "quiet_hours", "2026-11-21T06:00:00.000Z")
    assert state(agent, "inbox")[0] == "sent"
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    assert mails(cloud) == []
    go(cloud, night, datetime(2026, 11, 21, 5, 59, tzinfo=UTC))
    assert mails(cloud) == []
    go(cloud, night, datetime(2026, 11, 21, 6, 0, tzinfo=UTC))
    go(cloud, night, datetime(2026, 11, 21, 6, 1, tzinfo=UTC))
    (mail,) = mails(cloud)
    assert "mentioned you" in text_of(mail) and "assigned it" not in text_of(mail), "that one was read before"
    assert [state(agent, "mail", index)[:2] for index in (0, 1)] == [("sent", None), ("suppressed", "read")]


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), "2027-03-28T05:00:00.000Z"),  # clocks go forward in this night
        (datetime(2027, 10, 30, 22, 0, tzinfo=UTC), "2027-10-31T06:00:00.000Z"),  # and back in this one
    ],
)
def test_no03_quiet_hours_end_by_the_wall_clock_also_when_clocks_change(cloud, timeline, at, until):
    timeline.at = at
    admin, agent = staff("admin", "ada@acme.test"), staff("agent", "sam@acme.test")
    wish(agent, zone=BERLIN, quiet=NIGHT)
    mine(admin, agent, cloud)
    assert state(agent, "mail") == ("held", "quiet_hours", until)


def test_no03_quiet_hours_are_of_the_days_on_which_they_begin(cloud, admin, agent, night):
    wish(agent, zone=BERLIN, quiet=NIGHT | {"days": ["sat", "sun"]})
    mine(admin, agent, cloud)
    assert state(agent, "mail")[0] == "sent"


@pytest.mark.parametrize(
    ("mode", "until"), [("hourly", "2026-11-20T23:00:00.000Z"), ("daily", "2026-11-21T08:30:00.000Z")]
)
def test_no03_a_digest_is_one_mail_of_all_sent_once(cloud, admin, agent, night, mode, until):
    wish(agent, zone=BERLIN, mail=mode, daily_at="09:30")
    first = mine(admin, agent, cloud, subject="The first")
    assert agent.patch(f"/v1/notifications/{told(agent)[0]['id']}", {"read": False}).status == 200
    second = admin.post("/v1/tickets", NEW_TICKET | {"subject": "The second", "assignee_id": agent.me["id"]}).body
    note(admin, first, agent.me["id"])
    settle(cloud)
    assert state(agent, "mail") == ("held", "digest", until)
    assert mails(cloud) == []
    go(cloud, night, datetime.fromisoformat(until))
    go(cloud, night, night.at)
    (mail,) = mails(cloud)
    assert mail["subject"] == "3 notices of Acme"
    assert parseaddr(mail["to"])[1] == "sam@acme.test"
    text = text_of(mail)
    assert text.index(f"#{first['number']} The first") < text.index(f"#{second['number']} The second")
    assert text.count("/agent/tickets/") == 2, "grouped by ticket"
    assert {state(agent, "mail", index)[0] for index in range(3)} == {"sent"}


def test_no06_a_digest_killed_anywhere_is_mailed_once(cloud, admin, agent, night, monkeypatch):
    monkeypatch.setenv("SEND_GRACE_SECONDS", "0")
    config.config.cache_clear()
    wish(agent, mail="hourly")
    expected = 0
    for death in deaths():
        ticket = mine(admin, agent, cloud)
        for _ in range(2):
            note(admin, ticket, agent.me["id"])
        settle(cloud)
        night.go(hours=1)
        with death:
            cloud.tick()
        for _ in range(3):
            cloud.run_feedback()
            night.go(minutes=2)
            cloud.tick()
        expected += 1
        digests = [one for one in mails(cloud) if text_of(one).count("mentioned you") == 2]
        assert len(digests) == len(mails(cloud)) == expected, death
        assert [state(agent, "mail", index)[0] for index in range(2)] == ["sent", "sent"], death
    assert expected > 15


def test_no03_a_digest_in_the_night_waits_for_the_end_of_quiet_hours(cloud, admin, agent, night):
    wish(agent, zone=BERLIN, quiet=NIGHT, mail="hourly")
    mine(admin, agent, cloud)
    assert state(agent, "mail") == ("held", "quiet_hours", "2026-11-21T06:00:00.000Z")


def test_a_storm_of_mails_becomes_one_and_each_notice_says_so(cloud, admin, agent, night):
    assert admin.patch("/v1/notifications/policy", {"mails_per_minute": 3}).status == 200
    ticket = mine(admin, agent, cloud)
    for _ in range(6):
        note(admin, ticket, agent.me["id"])
        settle(cloud)
    assert len(mails(cloud)) == 3
    assert [state(agent, "mail", index)[:2] for index in range(4)] == [("held", "storm")] * 4
    go(cloud, night, datetime(2026, 11, 20, 22, 10, tzinfo=UTC))
    *_, last = mails(cloud)
    assert len(mails(cloud)) == 4 and text_of(last).count("mentioned you") == 4
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    assert state(agent, "mail")[0] == "sent", "the storm is over"


def test_what_goes_out_of_sight_while_it_waits_is_left_out_and_says_why(cloud, admin, agent, night):
    wish(agent, zone=BERLIN, mail="hourly")
    ticket = mine(admin, agent, cloud)
    assert agent.patch(f"/v1/notifications/{told(agent)[0]['id']}", {"read": False}).status == 200
    assert admin.put(f"/v1/tickets/{ticket['id']}/trash").status == 200
    go(cloud, night, datetime(2026, 11, 20, 23, 0, tzinfo=UTC))
    assert mails(cloud) == []
    assert state(agent, "mail")[:2] == ("suppressed", "not_in_sight")
    assert told(agent)[0]["ticket"] is None


def test_who_turned_a_channel_off_reads_that_it_was_his_wish(cloud, admin, agent):
    wish(agent, channels={"assigned": ["inbox"], "priority_changed": []})
    ticket = mine(admin, agent, cloud)
    assert state(agent, "mail")[:2] == ("suppressed", "preference")
    assert admin.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"}).status == 200
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    assert kinds(agent) == ["mentioned", "assigned"]
    assert state(agent, "mail")[0] == "sent"
    wish(agent, mail="off")
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    assert state(agent, "mail")[:2] == ("suppressed", "preference")
    assert len(mails(cloud)) == 1


@pytest.fixture
def promised(cloud, admin, agent, timeline):
    """Friday noon in Berlin; a first response within the hour is promised; Lea leads Sam's team, Ada administrates."""
    timeline.at = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    policy(admin, targets={"first_response": {"normal": 60}})
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    lea = staff("supervisor", "lea@acme.test")
    for one in (lea, agent):
        assert admin.patch(f"/v1/people/{one.me['id']}", {"team_ids": [team]}).status == 200
    other = staff("supervisor", "otto@acme.test")
    ticket = mine(admin, agent, cloud, team_id=team)
    return {"ticket": ticket, "lea": lea, "other": other, "team": team}


def _minutes(cloud, timeline, count: int) -> None:
    """Minutes pass: tickets and notices are looked at in each tenth."""
    for _ in range(count // 10):
        timeline.go(minutes=10)
        tick()
        settle(cloud)
        cloud.tick()


def test_rt09_a_broken_promise_goes_up_by_levels_each_told_once(cloud, admin, agent, promised, timeline):
    lea, other = promised["lea"], promised["other"]
    _minutes(cloud, timeline, 60)
    assert kinds(agent)[:2] == ["sla_breached", "sla_warned"]
    assert told(agent)[0]["target"] == "first_response"
    assert (kinds(lea), kinds(admin)) == ([], [])
    _minutes(cloud, timeline, 30)
    assert [(one["kind"], one["level"], one["why"]) for one in told(lea)] == [("sla_breached", 2, "lead")]
    assert (kinds(other), kinds(admin)) == ([], [])
    _minutes(cloud, timeline, 30)
    assert [(one["level"], one["why"]) for one in told(admin)] == [(3, "administrator")]
    _minutes(cloud, timeline, 60)
    assert kinds(agent).count("sla_breached") == 1
    assert len(told(lea)) == len(told(admin)) == 1
    assert len(mails(cloud, "promise is broken")) == 3


def test_rt09_what_is_answered_goes_up_no_further(cloud, admin, agent, promised, timeline):
    _minutes(cloud, timeline, 60)
    path = f"/v1/tickets/{promised['ticket']['id']}/messages"
    assert agent.post(path, {"kind": "reply", "body_text": "Try this"}).status == 201
    _minutes(cloud, timeline, 90)
    assert (kinds(promised["lea"]), kinds(admin)) == ([], [])


def test_rt09_a_level_can_be_left_out(cloud, admin, agent, promised, timeline):
    levels = {"lead_after_minutes": None, "admin_after_minutes": 10}
    assert admin.patch("/v1/notifications/policy", levels).status == 200
    _minutes(cloud, timeline, 120)
    assert kinds(promised["lea"]) == []
    assert kinds(admin) == ["sla_breached"]


def _to_sam(cloud) -> int:
    """How many mails say to Sam that a promise is broken."""
    return sum("sam@acme.test" in one["to"] for one in mails(cloud, "promise is broken"))


def test_rt09_it_is_mailed_only_in_the_business_hours_of_the_receiver(cloud, admin, agent, promised, timeline):
    """Sam's week ends at one o'clock; the promise breaks at noon, of which he is told on Monday at eight, once."""
    hours = WEEK | {"fri": [["08:00", "12:30"]]}
    assert admin.post("/v1/shifts", {"person_id": agent.me["id"], "zone": BERLIN, "hours": hours}).status == 201
    _minutes(cloud, timeline, 60)
    assert kinds(agent)[0] == "sla_breached"
    assert state(agent, "mail") == ("held", "off_shift", "2026-11-23T07:00:00.000Z")
    note(admin, promised["ticket"], agent.me["id"])
    settle(cloud)
    assert state(agent, "mail")[0] == "sent", "only what is urgent waits for business hours"
    go(cloud, timeline, datetime(2026, 11, 23, 6, 59, tzinfo=UTC))
    assert _to_sam(cloud) == 0
    go(cloud, timeline, datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    go(cloud, timeline, datetime(2026, 11, 23, 7, 1, tzinfo=UTC))
    assert _to_sam(cloud) == 1


def test_rt09_what_was_kept_before_the_next_opening_is_not_mailed(cloud, admin, agent, promised, timeline):
    hours = WEEK | {"fri": [["08:00", "12:30"]]}
    assert admin.post("/v1/shifts", {"person_id": agent.me["id"], "zone": BERLIN, "hours": hours}).status == 201
    _minutes(cloud, timeline, 60)
    path = f"/v1/tickets/{promised['ticket']['id']}/messages"
    assert admin.post(path, {"kind": "reply", "body_text": "Try this"}).status == 201
    go(cloud, timeline, datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    assert _to_sam(cloud) == 0
    held = next(one for one in told(agent) if one["kind"] == "sla_breached")["channels"]["mail"]
    assert (held["state"], held["reason"]) == ("suppressed", "over")


def test_rt09_leave_counts_as_not_being_on(cloud, admin, agent, promised, timeline):
    assert admin.post("/v1/shifts", {"person_id": agent.me["id"], "zone": BERLIN, "hours": WEEK}).status == 201
    away = {"person_id": agent.me["id"], "from": "2026-11-20", "until": "2026-11-23"}
    assert admin.post("/v1/leaves", away).status == 201
    _minutes(cloud, timeline, 60)
    assert state(agent, "mail") == ("held", "off_shift", "2026-11-24T07:00:00.000Z")
