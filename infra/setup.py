"""The first state of a desk: the organisation, its first people, a key. Used by `desk setup` and by `desk up`.

Everything here may be repeated: what exists already is left as it is.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any

LOCAL_PEOPLE = {
    "admin": ("ada@acme.test", "Ada Admin", "admin"),
    "agent": ("sam@acme.test", "Sam Agent", "agent"),
}
LOCAL_KEY_PER_MINUTE = 60_000  # benchmarks use it
LOCAL_CUSTOMER = ("carla@customer.test", "Carla Customer")


def set_up_organisation(name: str) -> None:
    """The organisation's own row, from the environment's ORG_ID and SUPPORT_ADDRESS."""
    from helpdesk.core.config import config
    from helpdesk.settings import service as settings

    settings.set_up_organisation(config().org_id, name, config().support_address)


def set_up_staff(email: str, name: str, role: str, password: str | None = None) -> None:
    """A colleague who can sign in: with `password` at once, else by Cognito's invitation mail."""
    from helpdesk.access import identity
    from helpdesk.core.config import config
    from helpdesk.core.errors import Conflict
    from helpdesk.people import service as people

    org_id = config().org_id
    with suppress(Conflict):
        people.create_staff(org_id, email, name, role=role)
    if password is None:
        identity.invite(email)
    else:
        _set_password(email, password)


def set_up_key(email: str, name: str, per_minute: int | None = None) -> str:
    """A new API key that may do what the colleague with this address may; its limit of requests a minute."""
    from helpdesk.access import keys
    from helpdesk.access.actor import cause_of
    from helpdesk.access.people import person_actor
    from helpdesk.access.store import get_person
    from helpdesk.core.config import config
    from helpdesk.people import service as people

    org_id = config().org_id
    person = people.find_person(org_id, email)
    row = get_person(org_id, person.id) if person else None
    if row is None:
        raise LookupError(f"nobody here has the address {email}")
    creator = person_actor(row)
    made = keys.create(
        creator,
        cause_of(creator, "system"),
        {"name": name, "scopes": sorted(creator.permissions), "per_minute": per_minute},
    )
    return str(made["key"])


def set_up_local(known: dict[str, Any]) -> dict[str, Any]:
    """Organisation acme with an admin, an agent, a customer and a key; `known` is what an earlier run made."""
    from helpdesk.core.config import config
    from helpdesk.people import service as people

    if known and people.find_person(config().org_id, LOCAL_PEOPLE["admin"][0]):
        return known
    set_up_organisation("Acme")
    made: dict[str, Any] = {}
    for label, (email, name, role) in LOCAL_PEOPLE.items():
        password = secrets.token_urlsafe(12) + "-Aa1"
        set_up_staff(email, name, role, password)
        made[label] = {"email": email, "password": password}
    _set_up_customer(*LOCAL_CUSTOMER)
    made["customer"] = {"email": LOCAL_CUSTOMER[0]}
    made["api_key"] = set_up_key(LOCAL_PEOPLE["admin"][0], "laptop", LOCAL_KEY_PER_MINUTE)
    return made


def _set_up_customer(email: str, name: str) -> None:
    from helpdesk.access.actor import cause_of, system
    from helpdesk.core.config import config
    from helpdesk.core.errors import Conflict
    from helpdesk.people import service as people

    with suppress(Conflict):
        actor = system(config().org_id)
        people.create_person(actor, cause_of(actor, "system"), {"email": email, "name": name})


def _set_password(email: str, password: str) -> None:
    """A user without an invitation mail: only for people who set their own desk up (laptop, first admin)."""
    from helpdesk.core.aws import client
    from helpdesk.core.config import config

    cognito, pool = client("cognito-idp"), config().staff_pool_id
    try:
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            MessageAction="SUPPRESS",
        )
    except cognito.exceptions.UsernameExistsException:
        pass
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
