"""Colleagues as a file: a row for each, found by an address; teams by their names, skills as `Python:3; SQL`.

A column that is not there changes nothing. A cell that is empty empties it, but for a name or role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import DeskError, Invalid
from helpdesk.core.events import Cause
from helpdesk.imports import cells
from helpdesk.imports.model import Check, Row, cause_of_row
from helpdesk.imports.sheet import Sheet, joined, parts_of, read, written
from helpdesk.people import service, store
from helpdesk.people.model import Person, new_person, normal_email, person_of
from helpdesk.settings.teams import teams

KEY = "email"
COLUMNS = (KEY, "name", "role", "teams", "primary_team", "skills", "languages", "capacity")
_NAMES = {name: name for name in COLUMNS} | {
    **{"e_mail": KEY, "mail": KEY, "address": KEY, "team": "teams", "skill": "skills", "language": "languages"},
}
_POINTERS = {
    **{"/team_ids": "teams", "/primary_team_id": "primary_team"},
    **{f"/{name}": name for name in ("email", "name", "role", "skills", "languages", "capacity")},
}
_OF_NEW = ("email", "name", "role", "team_ids")


def sample() -> str:
    """A file with two colleagues, to begin with."""
    first = {
        KEY: "ada@example.com",
        "teams": "Support; Hardware",
        "primary_team": "Support",
        "skills": "Soldering:3; Billing",
    }
    second = {KEY: "sam@example.com", "teams": "Support", "languages": "de; en", "capacity": "10"}
    return written(COLUMNS, [first, second])


def exported(org_id: str) -> str:
    """All colleagues, by address."""
    return written(COLUMNS, (_cells(_flat(org_id, person_of(row))) for row in store.every_colleague(org_id)))


def sheet_of(text: str) -> Sheet:
    """A file of colleagues; `Invalid` if it is none."""
    return read(text, _NAMES, KEY)


def planned(actor: Actor, sheet: Sheet, check: Check, *, invite: bool) -> list[Row]:
    """What would become of each row; nothing is written. Who is not here yet is a fault unless `invite`."""
    lines = [(number, line) for number, line in enumerate(sheet.rows, 2) if line]
    known = _known(actor.org_id, [line[KEY] for _, line in lines])
    rows, seen = [], set[str]()
    for number, line in lines:
        row = _row(actor, number, line, known, check, invite=invite)
        if (who := row.id or row.key) in seen:
            row.refuse(KEY, "twice", "each colleague once")
        seen.add(who)
        rows.append(row)
    return rows


def writer(actor: Actor, cause: Cause, rows: list[Row]) -> tuple[list[Row], Callable[[Row], None]]:
    """The rows, and what writes one."""

    def write(row: Row) -> None:
        own = cause_of_row(cause, row.key)
        values, id_ = dict(row.values), row.id
        if not id_:
            body = {name: values.pop(name) for name in _OF_NEW if name in values}
            id_ = service.create_person(actor, own, body).id
        if values:
            service.update_person(actor, own, id_, values, None)

    return rows, write


def _known(org_id: str, emails: Iterable[str]) -> dict[str, Person]:
    """All staff, and the customers among these addresses, by each of their addresses."""
    staff = [person_of(row) for row in store.every_colleague(org_id)]
    known = {email: one for one in staff for email in one.emails}
    strange = {email for text in emails if (email := _email(text)) and email not in known}
    return known | {email: one for one in store.get_people(org_id, [], sorted(strange)) for email in one.emails}


def _row(
    actor: Actor, number: int, line: Mapping[str, str], known: Mapping[str, Person], check: Check, *, invite: bool
) -> Row:
    email = _email(line[KEY])
    row = Row(number, email or line[KEY].strip())
    before = known.get(email or "")
    row.id = before.id if before else None
    if not email:
        row.refuse(KEY, "not_an_address", "an e-mail address")
    elif before and before.kind != "agent":
        row.refuse(KEY, "not_staff", "this is a customer's address")
    elif not before and not invite:
        row.refuse(KEY, "unknown", "nobody here has this address; people are invited only if you ask for it")
    else:
        _fill(actor, row, line, before, check)
    return row


def _fill(actor: Actor, row: Row, line: Mapping[str, str], before: Person | None, check: Check) -> None:
    """What the row changes, or what is wrong with it."""
    start = _flat(actor.org_id, before) if before else {"email": row.key}
    try:
        values = check(_values(actor.org_id, row, line, before))
        changes = {name: value for name, value in values.items() if not before or _now(before, name) != value}
        if before and "role" in changes:
            row.refuse("role", "by_hand", "the role of somebody who is here is changed by hand")
        if row.faults:
            return
        if not before:
            changes |= {"email": row.key, "role": values.get("role", "agent")}
        whole = dict(changes)
        service.check_staff_change(actor, before or new_person(actor.org_id, "agent", row.key), whole)
    except DeskError as error:
        row.refuse_all(error, _POINTERS, "role" if not isinstance(error, Invalid) else KEY)
        return
    row.values = changes
    row.settle(_cells(start) if before else None, _cells(start | _named(actor.org_id, whole)))


def _values(org_id: str, row: Row, line: Mapping[str, str], before: Person | None) -> dict[str, Any]:
    """The cells that say something, as the API has them."""
    values: dict[str, Any] = {name: line[name].strip() for name in ("name", "role") if line.get(name, "").strip()}
    if "teams" in line:
        found = [_team(org_id, row, "teams", name, before) for name in parts_of(line["teams"])]
        values["team_ids"] = list(dict.fromkeys(found))
    if "primary_team" in line:
        name = line["primary_team"].strip()
        values["primary_team_id"] = _team(org_id, row, "primary_team", name, before) if name else None
    values |= {"skills": cells.skills(line["skills"])} if "skills" in line else {}
    values |= {"languages": parts_of(line["languages"])} if "languages" in line else {}
    try:
        values |= {"capacity": cells.number(line["capacity"])} if "capacity" in line else {}
    except ValueError as failure:
        row.refuse("capacity", "not_understood", str(failure))
    return values


def _team(org_id: str, row: Row, column: str, name: str, before: Person | None) -> str:
    """The id of a team by its name: one in use, or one that he is in."""
    own = before.team_ids if before else ()
    named = [id_ for id_, team in teams(org_id).items() if team["name"].casefold() == name.casefold()]
    found = [id_ for id_ in named if id_ in own] or [id_ for id_ in named if not teams(org_id)[id_]["archived"]]
    if len(found) != 1:
        code, how_many = ("ambiguous", "several teams in use have") if found else ("unknown", "no team in use has")
        row.refuse(column, code, f"{name[:60]}: {how_many} this name; a semicolon stands between two")
    return found[0] if found else name[:60]


def _email(text: str) -> str | None:
    try:
        return normal_email(text)
    except Invalid:
        return None


def _now(person: Person, name: str) -> Any:
    value = getattr(person, name)
    return list(value) if isinstance(value, tuple) else value


def _named(org_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values with the names of teams in place of their ids."""
    known, named = teams(org_id), dict(values)
    if "team_ids" in named:
        named["teams"] = [known[id_]["name"] for id_ in named.pop("team_ids") if id_ in known]
    if "primary_team_id" in named:
        named["primary_team"] = known.get(named.pop("primary_team_id") or "", {"name": ""})["name"]
    return named


def _flat(org_id: str, person: Person) -> dict[str, Any]:
    names = ("email", "name", "role", "team_ids", "primary_team_id", "skills", "languages", "capacity")
    return _named(org_id, {name: _now(person, name) for name in names})


def _cells(person: Mapping[str, Any]) -> dict[str, str]:
    return {
        **{name: person.get(name) or "" for name in ("email", "name", "role", "primary_team")},
        **{name: joined(person.get(name, ())) for name in ("teams", "languages")},
        "skills": cells.of_skills(person.get("skills", ())),
        "capacity": cells.of_number(person.get("capacity")),
    }
