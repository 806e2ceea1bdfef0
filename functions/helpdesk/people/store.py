"""Rows of the People table; an address belongs to one person by its EMAIL# lookup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, Page, Put, get, get_many, query, query_all, transact, write
from helpdesk.people.model import Person


def get_person(org_id: str, person_id: str) -> Person | None:
    """One person by id."""
    row = get(config().people_table, f"{org_id}#{person_id}", "PERSON")
    return _person(row) if row else None


def get_people(org_id: str, ids: Sequence[str]) -> list[Person]:
    """The people that exist of these ids, in no order; one round trip for each hundred."""
    return [_person(row) for row in get_many([(config().people_table, f"{org_id}#{id_}", "PERSON") for id_ in ids])]


def find_by_email(org_id: str, email: str) -> Person | None:
    """The owner of a normalised address, from the lookup alone: one round trip."""
    row = get(config().people_table, f"{org_id}#EMAIL#{email}", "LOOKUP")
    return _person(row) if row else None


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


def additions(person: Person) -> list[Action]:
    """The writes that make a new person; they fail if his address is taken."""
    row = _row(person)
    lookup = asdict(person) | {"pk": f"{person.org_id}#EMAIL#{person.email}", "sk": "LOOKUP"}
    table = config().people_table
    return [Put(table, row, NEW), Put(table, lookup, NEW)]


def replacements(before: Person, after: Person) -> list[Action]:
    """The writes that turn `before` into `after`; they fail if somebody was quicker. The address stays."""
    table, values = config().people_table, {":v": before.version}
    lookup = asdict(after) | {"pk": f"{after.org_id}#EMAIL#{after.email}", "sk": "LOOKUP"}
    return [Put(table, _row(after), "version = :v", values=values), Put(table, lookup)]


def save(actions: list[Action]) -> None:
    """Do the writes at once."""
    if len(actions) == 1:
        write(actions[0])
    else:
        transact(actions)


def person_of(row: dict[str, Any]) -> Person:
    """The person in a row of the index."""
    return _person(row)


def _row(person: Person) -> Item:
    group = "staff" if person.kind == "agent" else "contact"
    keys = {
        "pk": f"{person.org_id}#{person.id}",
        "sk": "PERSON",
        "role_pk": f"{person.org_id}#{group}",
        "role_sk": f"{person.email}#{person.id}",
    }
    return asdict(person) | keys


def _person(row: dict[str, Any]) -> Person:
    values = {name: row[name] for name in Person.__dataclass_fields__ if name in row}
    return Person(**values | {"team_ids": tuple(row["team_ids"])})
