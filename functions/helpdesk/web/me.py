"""Oneself, and a new session: the same for desk and portal."""

from __future__ import annotations

from typing import Any

from helpdesk.access import sessions
from helpdesk.access.actor import Actor
from helpdesk.access.people import person_actor
from helpdesk.settings.mailboxes import mailboxes
from helpdesk.settings.service import organisation
from helpdesk.web.actors import session_cookie
from helpdesk.web.call import Answer, Call


def me_shape(actor: Actor) -> dict[str, Any]:
    """The caller as he sees himself."""
    org = organisation(actor.org_id)
    boxes = {id_: one.address for id_, one in mailboxes(actor.org_id).items()} if actor.kind != "contact" else {}
    return {
        "kind": actor.kind,
        "id": actor.id,
        "name": actor.name,
        "email": actor.email,
        "role": actor.role,
        "permissions": sorted(actor.permissions),
        "team_ids": list(actor.team_ids),
        "org": {name: org[name] for name in ("id", "name", "support_address", "locale")} | {"mailboxes": boxes},
    }


def new_session(call: Call, door: str, person: dict[str, Any]) -> Answer:
    """Open a session for a person who has proved who he is, and set its cookie."""
    user_agent = call.headers.get("user-agent", "")
    token, seconds = sessions.open_session(person, user_agent=user_agent, ip=call.ip)
    return Answer(201, me_shape(person_actor(person)), cookies=(session_cookie(door, token, seconds),))
