"""Rows of the People table; an address, telephone or handle belongs to one person by its lookup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.events import Cause, event_of
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Action, Delete, Page, Put, get, get_many, query, query_all, transact
from helpdesk.people.model import Person, person_changes, person_of


def get_person(org_id: str, person_id: str) -> Person | None:
    """One person by id."""
    row = get(config().people_table, f"{org_id}#{person_id}", "PERSON")
    return person_of(row) if row else None


def get_people(org_id: str, person_ids: list[str], emails: list[str] | tuple[str, ...] = ()) -> list[Person]:
    """The people that exist of these ids and addresses; one round trip."""
    table = config().people_table
    keys = [(table, f"{org_id}#{id_}", "PERSON") for id_ in person_ids]
    return [person_of(row) for row in get_many(keys + [(table, f"{org_id}#EMAIL#{one}", "LOOKUP") for one in emails])]


def find_by_email(org_id: str, email: str) -> Person | None:
    """The owner of a normalised address, from the lookup alone: one round trip."""
    row = get(config().people_table, f"{org_id}#EMAIL#{email}", "LOOKUP")
    return person_of(row) if row else None


def find_with_company(org_id: str, email: str) -> tuple[Person | None, str | None]:
    """The owner of an address and the company that has its domain; one round trip for both."""
    keys = keys_of(org_id, email)
    rows = {row["pk"]: row for row in get_many(keys)}
    person, company = (rows.get(pk) for _, pk, _ in keys)
    return person_in(person), company["company_id"] if company else None


def keys_of(org_id: str, email: str) -> list[tuple[str, str, str]]:
    """Where the owner of an address and the company of its domain stand: `(table, pk, sk)` of each."""
    table, domain = config().people_table, email.rpartition("@")[2]
    return [(table, f"{org_id}#EMAIL#{email}", "LOOKUP"), (table, f"{org_id}#DOMAIN#{domain}", "LOOKUP")]


def person_in(row: Item | None) -> Person | None:
    """The person of a lookup by address."""
    return person_of(row) if row else None


def find_by_lookup(org_id: str, kind: str, value: str) -> Person | None:
    """The owner of a telephone (`PHONE`) or handle (`HANDLE`)."""
    row = get(config().people_table, f"{org_id}#{kind}#{value}", "LOOKUP")
    return get_person(org_id, row["id"]) if row else None


def list_people(org_id: str, kind: str, *, limit: int, after: Item | None) -> Page:
    """People of a kind in the order of their addresses."""
    names = ("role_pk", "role_sk")
    return query(
        config().people_table,
        f"{org_id}#{kind}",
        index="by_role",
        key_names=names,
        limit=limit,
        start_key=after,
    )


def every_colleague(org_id: str) -> Iterator[Item]:
    """The rows of all staff; some hundreds at most."""
    return query_all(config().people_table, f"{org_id}#staff", index="by_role", key_names=("role_pk", "role_sk"))


def additions(person: Person, cause: Cause) -> list[Action]:
    """The writes that make a new person and tell of him; they fail if an address of his is taken."""
    table = config().people_table
    rows: list[Action] = [Put(table, _row(person), NEW)]
    rows += [Put(table, _lookup(person, name), NEW) for name in sorted(person.lookups)]
    return [*rows, *_memberships(None, person), _told(cause, "person.created", None, person)]


def replacements(before: Person, after: Person, cause: Cause) -> list[Action]:
    """The writes that turn `before` into `after`; they fail if somebody was quicker or an address is taken."""
    table, org_id = config().people_table, after.org_id
    rows: list[Action] = [Put(table, _row(after), "version = :v", values={":v": before.version})]
    for name in sorted(after.lookups):
        rows.append(Put(table, _lookup(after, name), None if name in before.lookups else NEW))
    for name in sorted(before.lookups - after.lookups):
        rows.append(Delete(table, f"{org_id}#{name}", "LOOKUP"))
    return [*rows, *_memberships(before, after), _told(cause, "person.changed", before, after)]


def save(actions: list[Action]) -> None:
    """Do the writes at once."""
    transact(actions)


def _row(person: Person) -> Item:
    group = "staff" if person.kind == "agent" else "contact"
    keys = {
        "pk": f"{person.org_id}#{person.id}",
        "sk": "PERSON",
        "role_pk": f"{person.org_id}#{group}",
        "role_sk": f"{person.email}#{person.id}",
    }
    return asdict(person) | keys | _membership(person, person.company_id)


def _lookup(person: Person, name: str) -> Item:
    """A lookup by address carries the whole person, so that a known requester costs one round trip."""
    kept = asdict(person) if name.startswith("EMAIL#") else {"id": person.id}
    return kept | {"pk": f"{person.org_id}#{name}", "sk": "LOOKUP"}


def _memberships(before: Person | None, after: Person) -> list[Action]:
    """The rows of further companies; the first one's place is on the person's own row."""
    table, pk = config().people_table, f"{after.org_id}#{after.id}"
    gone = set(before.company_ids if before else ()) - set(after.company_ids)
    rows: list[Action] = [Delete(table, pk, f"MEMBER#{company_id}") for company_id in sorted(gone)]
    for company_id in after.company_ids:
        item = asdict(after) | {"pk": pk, "sk": f"MEMBER#{company_id}"} | _membership(after, company_id)
        rows.append(Put(table, item))
    return rows


def _membership(person: Person, company_id: str | None) -> Item:
    if not company_id:
        return {}
    return {"c_pk": f"{person.org_id}#{company_id}", "c_sk": f"{person.email}#{person.id}"}


def _told(cause: Cause, type_: str, before: Person | None, after: Person) -> Action:
    event = event_of(cause, type_, {"kind": "person", "id": after.id}, after.version, clock.stamp())
    return event_row(replace(event, changes=person_changes(before, after)))
