"""Sessions and single-use sign-in links: opaque tokens, stored hashed, listed and revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from helpdesk.access import store
from helpdesk.access.actor import Actor, cause_of
from helpdesk.access.people import person_actor, sharing_of
from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import DeskError, NotFound
from helpdesk.core.events import event_of
from helpdesk.core.ids import new_id
from helpdesk.core.log import event_row
from helpdesk.core.signing import fingerprint
from helpdesk.core.table import Action

SESSION_DAYS = {"agent": 14, "contact": 30}
LINK_MINUTES = 15


class LinkGone(DeskError):
    """The sign-in link was used before, is too old, or never was."""

    code = "link_used_or_expired"


def open_session(person: dict[str, Any], *, user_agent: str, ip: str) -> tuple[str, int]:
    """Begin a session; gives the token for the cookie and its life in seconds. A colleague's is told in the log."""
    secret = secrets.token_urlsafe(32)
    days = timedelta(days=SESSION_DAYS[person["kind"]])
    now = clock.now()
    session: dict[str, Any] = {
        "id": new_id(now),
        "created_at": clock.iso(now),
        "user_agent": user_agent[:200],
        "ip": ip,
        "expires_at": clock.epoch(now + days),
    }
    told = _told("session.opened", person_actor(person, session["id"]), session["id"], ip)
    store.put_session(person["org_id"], person["id"], fingerprint(secret), session, told)
    return f"{person['org_id']}.{person['id']}.{secret}", int(days.total_seconds())


@remember(seconds=30)
def actor_of(token: str) -> Actor | None:
    """Whose session the cookie names, or None; one round trip, two for a company's customer; kept for 30 s."""
    org_id, person_id, secret = _parts(token)
    found = store.get_session(org_id, person_id, fingerprint(secret)) if secret else None
    if not found:
        return None
    person, session = found
    return person_actor(person, session["id"], sharing_of(person))


def list_of(actor: Actor) -> list[dict[str, Any]]:
    """The caller's sessions, with the one he uses marked `current`."""
    shown = ("id", "created_at", "user_agent", "ip")
    rows = store.list_sessions(actor.org_id, actor.id)
    return [{name: row[name] for name in shown} | {"current": row["id"] == actor.session_id} for row in rows]


def revoke(actor: Actor, session_id: str | None, ip: str) -> None:
    """End one of the caller's own sessions, everywhere within 30 s and here at once."""
    for row in store.list_sessions(actor.org_id, actor.id):
        if row["id"] == session_id:
            store.delete_session(row, _told("session.ended", actor, row["id"], ip))
            forget()
            return
    raise NotFound("you have no such session")


def make_link_token(org_id: str, person_id: str) -> str:
    """A token for a sign-in link: good once, for 15 minutes."""
    secret = secrets.token_urlsafe(32)
    until = clock.epoch(clock.now() + timedelta(minutes=LINK_MINUTES))
    store.put_link(org_id, person_id, fingerprint(secret), until)
    return f"{org_id}.{person_id}.{secret}"


def redeem_link(token: str) -> dict[str, Any]:
    """Use a link up and give the person's row.

    Raises
    ------
    LinkGone
        for a used, expired or invented link, always with the same words.
    """
    org_id, person_id, secret = _parts(token)
    if secret and store.take_link(org_id, person_id, fingerprint(secret)):
        person = store.get_person(org_id, person_id)
        if person and not person.get("disabled"):
            return person
    raise LinkGone("this link has been used or is older than 15 minutes; ask for a new one")


def _told(type_: str, actor: Actor, session_id: str, ip: str) -> list[Action]:
    """The event of a colleague's session; customers' comings and goings are nobody's business."""
    if actor.kind != "agent":
        return []
    version = 1 if type_ == "session.opened" else 2
    cause, subject = cause_of(actor, "agent", ip=ip), {"kind": "session", "id": session_id}
    return [event_row(event_of(cause, type_, subject, version, clock.stamp()))]


def _parts(token: str) -> tuple[str, str, str]:
    org_id, _, rest = token.partition(".")
    person_id, _, secret = rest.partition(".")
    return org_id, person_id, secret
