"""What is known of those who may be told: who they are now, how they wish to be told, when they are on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from helpdesk.access.actor import Actor
from helpdesk.access.people import person_actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.core.cache import remember
from helpdesk.core.items import Item
from helpdesk.coverage.leaves import leaves
from helpdesk.coverage.model import Rota
from helpdesk.coverage.shifts import shifts
from helpdesk.notifications import own_store, store
from helpdesk.notifications.model import Preferences, Quiet
from helpdesk.notifications.planning import Receiver
from helpdesk.notifications.policy import NotificationPolicy, channels_of, notification_policy
from helpdesk.people.colleagues import colleagues
from helpdesk.people.model import Person, person_of
from helpdesk.tickets import message_store
from helpdesk.tickets.model import Ticket


@dataclass(frozen=True)
class Known:
    """A colleague with his wishes and devices."""

    person: Person
    actor: Actor
    wishes: Preferences
    devices: tuple[Item, ...]

    def sees(self, ticket: Ticket) -> bool:
        """Whether he may see the ticket now; who is disabled sees nothing."""
        return not self.person.disabled and may_see(self.actor, ticket)


def known(org_id: str, person_ids: list[str]) -> dict[str, Known]:
    """The colleagues of these ids; one round trip."""
    if not person_ids:
        return {}
    rows = own_store.get_receivers(org_id, person_ids)
    return {id_: _known(org_id, found) for id_, found in rows.items() if found.get("PERSON", {}).get("kind") == "agent"}


def receiver(org_id: str, one: Known, at: datetime) -> Receiver:
    """What planning asks of a colleague."""
    return Receiver(
        wishes=one.wishes,
        rota=Rota(shifts(org_id).get(one.person.id, ()), leaves(org_id).get(one.person.id, ())),
        devices=len(one.devices),
        in_storm=partial(_in_storm, org_id, one.person.id, at),
    )


@remember(seconds=30)
def staff(org_id: str) -> tuple[Person, ...]:
    """All colleagues who are not disabled, for some events in a row."""
    return tuple(colleagues(org_id))


def writers_of(org_id: str, ticket_id: str, message_ids: Sequence[str]) -> list[str]:
    """The colleagues who wrote these messages of a ticket, by id; one round trip."""
    found = message_store.find_messages(org_id, (ticket_id,), message_ids)
    return list(dict.fromkeys(one.author["id"] for one in found if one.author["kind"] == "agent"))


def preferences_of(org_id: str, person_id: str, row: Item | None) -> Preferences:
    """Somebody's wishes: his own over the organisation's; his zone is that of his shifts unless he says another."""
    policy, own = notification_policy(org_id), row or {}
    channels = dict(policy.channels) | {
        kind: frozenset(given) for kind, given in own.get("channels", {}).items() if kind in policy.channels
    }
    quiet = own.get("quiet")
    return Preferences(
        person_id=person_id,
        channels=channels_of({kind: sorted(given) for kind, given in channels.items()}),
        mail=own.get("mail") or policy.mail,
        daily_at=own.get("daily_at") or Preferences.daily_at,
        zone=own.get("zone") or _zone(org_id, person_id),
        quiet=Quiet(quiet["since"], quiet["until"], tuple(quiet["days"])) if quiet else None,
        version=own.get("version", 0),
    )


def _known(org_id: str, found: dict[str, Item]) -> Known:
    person = person_of(found["PERSON"])
    wishes = preferences_of(org_id, person.id, found.get("NOTIFY"))
    devices = tuple(found.get("PUSH", {}).get("devices", ()))
    return Known(person, person_actor(found["PERSON"]), wishes, devices)


def _zone(org_id: str, person_id: str) -> str:
    return Rota(shifts(org_id).get(person_id, ())).zone_on(clock.now())


def _in_storm(org_id: str, person_id: str, at: datetime) -> bool:
    """Whether somebody got as many mails within the last minute as a minute may bring; one round trip."""
    policy: NotificationPolicy = notification_policy(org_id)
    since = clock.iso(at - timedelta(minutes=1))
    rows = store.newest(org_id, person_id, limit=policy.mails_per_minute).items
    fast = [row for row in rows if row["told_at"] > since and row["channels"]["mail"]["state"] in ("sent", "sending")]
    held = any(row["told_at"] > since and row["channels"]["mail"]["reason"] == "storm" for row in rows)
    return held or len(fast) >= policy.mails_per_minute
