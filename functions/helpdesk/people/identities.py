"""By what a customer is known: several addresses, telephones and handles, each nobody else's."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.people import store
from helpdesk.people.model import MOST_IDENTITIES, Person, normal_email, normal_handle, normal_phone
from helpdesk.people.service import get_person, save_change


def find_by(org_id: str, kind: str, value: str) -> Person | None:
    """The owner of an `email`, `phone` or `handle`, or None."""
    if kind == "email":
        return store.find_by_email(org_id, normal_email(value))
    if kind == "handle":
        return store.find_by_lookup(org_id, "HANDLE", normal_handle(value, "/handle"))
    # A plus sign in a query string reads as a space.
    known = normal_phone(value.replace(" ", "+", 1) if value.startswith(" ") else value, "/phone")
    return store.find_by_lookup(org_id, "PHONE", known)


def add_email(cause: Cause, person_id: str, email: str, *, primary: bool = False) -> Person:
    """Give a customer one more address; the primary one is the first, where mail of ours goes that answers none.

    Raises
    ------
    Conflict
        `address_taken` when it is somebody else's.
    """
    address = normal_email(email)
    before = _customer(cause.org_id, person_id)
    others = [one for one in before.emails if one != address]
    emails = [address, *others] if primary else list(dict.fromkeys([*before.emails, address]))
    return _with_emails(cause, before, emails)


def remove_email(cause: Cause, person_id: str, email: str) -> Person:
    """Take an address away; the last one stays.

    Raises
    ------
    Conflict
        `last_address` when he has no other.
    """
    before = _customer(cause.org_id, person_id)
    address = normal_email(email)
    if address not in before.emails:
        raise NotFound("this person has no such address")
    emails = [one for one in before.emails if one != address]
    if not emails:
        raise Conflict("a person keeps at least one address", code="last_address")
    return _with_emails(cause, before, emails)


def checked(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with telephones and handles in their one form, each once."""
    forms = {"phones": normal_phone, "handles": normal_handle}
    done = {
        name: tuple(dict.fromkeys(form(one, f"/{name}/{index}") for index, one in enumerate(changes[name])))
        for name, form in forms.items()
        if name in changes
    }
    return changes | done


def _with_emails(cause: Cause, before: Person, emails: list[str]) -> Person:
    if len(emails) > MOST_IDENTITIES:
        fault = FieldError("/email", "too_many", f"a person has at most {MOST_IDENTITIES} addresses")
        raise Invalid("this person has too many addresses", fault)
    return save_change(cause, before, before.changed(clock.stamp(), email=emails[0], emails=tuple(emails)))


def _customer(org_id: str, person_id: str) -> Person:
    person = get_person(org_id, person_id)
    if person.kind != "contact":
        raise Forbidden("a colleague signs in with his one address", code="not_a_customer")
    return person
