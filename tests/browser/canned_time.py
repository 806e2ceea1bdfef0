"""The calendars and SLA policies of the canned desk."""

from __future__ import annotations

from typing import Any

from tests.browser.canned_simulation import simulated

AT = "2026-11-20T09:00:00Z"
Row = dict[str, Any]
OFFICE = [["09:00", "12:30"], ["13:30", "18:00"]]
NAMES = {
    "2026-01-01": "Neujahr",
    "2026-12-25": "Erster Weihnachtstag",
    "2026-12-26": "Zweiter Weihnachtstag",
    "2027-01-01": "Neujahr",
}
PLACES = [{"country": "DE", "parts": ["BB", "BE", "BY"]}, {"country": "NO", "parts": []}]


def _kept(id_: str, **values: Any) -> Row:
    return {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, "archived": False, **values}


def _calendar(id_: str, name: str, zone: str, hours: Row, **values: Any) -> Row:
    usual = {"holidays": None, "holiday_names": {}, "exceptions": []}
    return _kept(id_, name=name, zone=zone, hours=hours, **usual | values)


def _policy(id_: str, name: str, filter_: str, targets: Row, **values: Any) -> Row:
    usual = {"calendar_id": None, "pause_in": ["waiting", "on_hold"], "warn_at_percent": 75, "filter_json": {"all": []}}
    return _kept(id_, name=name, filter=filter_, targets=targets, **usual | values)


def records() -> dict[str, list[Row]]:
    """By path, as the API lists them."""
    eve = {"date": "2026-12-24", "name": "Christmas Eve", "hours": [["09:00", "12:00"]]}
    berlin = {"holidays": {"country": "DE", "part": "BE"}, "holiday_names": NAMES, "exceptions": [eve]}
    gold = {
        "first_response": {"high": 30, "low": 480},
        "next_response": {"high": 60, "low": 1440},
        "resolution": {"high": 240, "low": 7200},
    }
    return {
        "/calendars": [
            _calendar(
                "C1", "Office", "Europe/Berlin", dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], OFFICE), **berlin
            ),
            _calendar("C2", "Night watch", "Europe/Oslo", {"fri": [["22:00", "06:00"]]}),
        ],
        "/sla-policies": [
            _policy("L1", "Gold", "company:acme", gold, calendar_id="C1", position=1),
            _policy("L2", "Everybody", "", {"first_response": {"high": 90}}, position=2),
        ],
    }


def answer(path: str) -> tuple[int, Any] | None:
    """What is asked besides the records themselves; None for all else."""
    if path == "/simulations":
        return 200, simulated()
    return (200, {"data": PLACES, "next_cursor": None}) if path == "/holiday-places" else None
