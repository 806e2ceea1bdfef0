"""How somebody wishes to be told, as he reads and changes it himself."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.calendars.checks import zone_of
from helpdesk.calendars.model import WEEKDAYS, minutes_of
from helpdesk.core.errors import FieldError, Invalid, Stale, Unavailable
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.notifications import devices, own_store, push
from helpdesk.notifications.inbox import require_person
from helpdesk.notifications.model import Preferences
from helpdesk.notifications.policy import matrix
from helpdesk.notifications.receivers import preferences_of

_TRIES = 4
_OWN = ("channels", "mail", "daily_at", "zone", "quiet")


def read(actor: Actor) -> dict[str, Any]:
    """The wishes in force, the browsers that get push messages, and the key by which another one subscribes."""
    rows = _rows(actor)
    return _shown(actor.org_id, require_person(actor), rows)


def change(actor: Actor, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change what is given; kinds that `channels` does not name stay, null gives back what the organisation has set.

    Raises
    ------
    Invalid
        for a zone or time that is none, and quiet hours that leave no time.
    Stale
        when `version` is not the current one.
    """
    own = require_person(actor)
    _check(changes)
    for _ in tries(_TRIES):
        rows = _rows(actor)
        before = rows.get("NOTIFY", {})
        at = before.get("version", 0)
        if version not in (None, at):
            raise Stale("your wishes have changed meanwhile", current=_shown(actor.org_id, own, rows))
        kept = {name: before[name] for name in _OWN if name in before}
        after = kept | {name: value for name, value in changes.items() if name != "channels"}
        if "channels" in changes:
            after["channels"] = kept.get("channels", {}) | changes["channels"] if changes["channels"] else {}
        try:
            own_store.put_own(actor.org_id, own, "NOTIFY", after, at)
        except ConditionFailed:
            continue
        return _shown(actor.org_id, own, rows | {"NOTIFY": after | {"version": at + 1}})
    raise Unavailable("your wishes are being changed by too many at once; try again")


def _rows(actor: Actor) -> dict[str, Item]:
    own = require_person(actor)
    return own_store.get_receivers(actor.org_id, [own]).get(own, {})


def _shown(org_id: str, person_id: str, rows: dict[str, Item]) -> dict[str, Any]:
    wishes: Preferences = preferences_of(org_id, person_id, rows.get("NOTIFY"))
    quiet = wishes.quiet
    return {
        "channels": matrix(wishes.channels),
        "mail": wishes.mail,
        "daily_at": wishes.daily_at,
        "zone": wishes.zone,
        "quiet": {"since": quiet.since, "until": quiet.until, "days": list(quiet.days)} if quiet else None,
        "push_key": push.public_key(),
        "devices": [devices.shown(one) for one in rows.get("PUSH", {}).get("devices", ())],
        "version": wishes.version,
    }


def _check(changes: dict[str, Any]) -> None:
    faults = []
    if changes.get("zone") and not zone_of(changes["zone"]):
        faults.append(FieldError("/zone", "unknown", "a zone such as Europe/Berlin"))
    if changes.get("daily_at") and not _is_time(changes["daily_at"]):
        faults.append(FieldError("/daily_at", "not_a_time", "a time such as 08:00"))
    quiet = changes.get("quiet")
    if quiet:
        faults += [
            FieldError(f"/quiet/{name}", "not_a_time", "a time such as 22:00")
            for name in ("since", "until")
            if not _is_time(quiet[name])
        ]
        if not faults and quiet["since"] == quiet["until"]:
            faults.append(FieldError("/quiet/until", "empty", "they end when they begin"))
        quiet["days"] = [day for day in WEEKDAYS if day in quiet["days"]]
    if faults:
        raise Invalid("these wishes are not right", *faults)


def _is_time(text: str) -> bool:
    try:
        return minutes_of(text) < 1440
    except ValueError:
        return False
