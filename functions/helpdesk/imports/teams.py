"""Teams as a file: a row for each, found by its id, else by its name; the team above it by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpdesk.core.errors import Invalid
from helpdesk.core.events import Cause
from helpdesk.imports import cells
from helpdesk.imports.model import Check, Row, cause_of_row
from helpdesk.imports.sheet import Sheet, read
from helpdesk.imports.team_cells import COLUMNS, FLAGS, KEY, NEW, Team, cells_of, flat
from helpdesk.settings.teams import MOST_LEVELS, change_team, create_team, teams

_NAMES = {name: name for name in COLUMNS} | {"team": KEY, "above": "parent", "skills": "requires", "routing": "mode"}
_POINTERS = {f"/routing/{name}": name for name in ("mode", "requires", "relax_minutes", "language", *FLAGS)} | {
    "/name": KEY,
    "/focus": "focus",
    "/parent_id": "parent",
}


def sheet_of(text: str) -> Sheet:
    """A file of teams; `Invalid` if it is none."""
    return read(text, _NAMES, KEY)


def planned(org_id: str, sheet: Sheet, check: Check) -> list[Row]:
    """What would become of each row; nothing is written."""
    known = {id_: flat(team, teams(org_id)) for id_, team in teams(org_id).items()}
    rows = [_row(number, line, known, check) for number, line in enumerate(sheet.rows, 2) if line]
    _refuse_twice(rows)
    after: dict[str, dict[str, Any]] = {id_: dict(team) for id_, team in known.items()}
    for row in rows:
        team = after.setdefault(_place(row), dict(NEW))
        team |= row.values | {"routing": team["routing"] | row.values.get("routing", {})}
    for row in rows:
        _check_parent(row, after)
        row.settle(cells_of(known[row.id]) if row.id else None, cells_of(after[_place(row)]))
    return rows


def writer(cause: Cause, rows: list[Row]) -> tuple[list[Row], Callable[[Row], None]]:
    """The rows in the order in which they are to be written, a team after the one above it, and what writes one."""
    made = {_folded(row.values["name"]): row.id for row in rows if row.id and "name" in row.values}
    above = {_folded(row.values["name"]): _folded(row.values.get("parent") or "") for row in rows}

    def depth(row: Row) -> int:
        name, steps = _folded(row.values["name"]), 0
        while (name := above.get(name, "")) and steps <= MOST_LEVELS:
            steps += 1
        return steps

    def write(row: Row) -> None:
        values = {name: value for name, value in row.values.items() if name != "parent"}
        if "parent" in row.values:
            values["parent_id"] = _id_of(cause.org_id, row.values["parent"], made) if row.values["parent"] else None
        if row.id:
            change_team(cause_of_row(cause, row.key), row.id, values, None)
            return
        archived = values.pop("archived", False)
        team = create_team(cause_of_row(cause, row.key), values)
        made[_folded(team["name"])] = team["id"]
        if archived:
            change_team(cause_of_row(cause, row.key), team["id"], {"archived": True}, None)

    return sorted(rows, key=depth), write


def _row(number: int, line: Mapping[str, str], known: Mapping[str, Team], check: Check) -> Row:
    row = Row(number, line.get(KEY, "").strip() or line.get("id", "").strip())
    row.id = _find(row, line, known)
    try:
        row.values = check(_values(row, line))
    except Invalid as error:
        row.refuse_all(error, _POINTERS, KEY)
    if row.id and not row.values.get("name"):
        row.values["name"] = known[row.id]["name"]
    above = line.get("parent", "").strip() or None
    if "parent" in line and not (row.id and _folded(above or "") == _folded(known[row.id]["parent"] or "")):
        row.values["parent"] = above
    return row


def _find(row: Row, line: Mapping[str, str], known: Mapping[str, Team]) -> str | None:
    """The id of the row's team; None for a new one."""
    if given := line.get("id", "").strip():
        if given not in known:
            row.refuse("id", "unknown", "there is no team of this id; leave it empty for a new one")
        return given if given in known else None
    found = _named(line.get(KEY, ""), known)
    if len(found) > 1:
        row.refuse(KEY, "ambiguous", "several teams have this name; say which by its id")
    return found[0] if found else None


def _named(name: str, known: Mapping[str, Team]) -> list[str]:
    """The teams of a name; those in use, if one is."""
    found = [id_ for id_, team in known.items() if _folded(team["name"]) == _folded(name)]
    return [id_ for id_ in found if not known[id_]["archived"]] or found


def _values(row: Row, line: Mapping[str, str]) -> dict[str, Any]:
    """The cells that say something, as the API has them; an empty name or choice says nothing."""
    values: dict[str, Any] = {KEY: line[KEY].strip()} if line.get(KEY, "").strip() or not row.id else {}
    values |= {"focus": line["focus"]} if "focus" in line else {}
    routing: dict[str, Any] = {one: line[one].strip() for one in ("mode", "language") if line.get(one, "").strip()}
    routing |= {"requires": cells.skills(line["requires"])} if "requires" in line else {}
    for name in ("archived", *FLAGS, "relax_minutes"):
        cell = line.get(name, "").strip()
        try:
            if name == "relax_minutes" and name in line:
                routing[name] = cells.number(cell)
            elif cell:
                (values if name == "archived" else routing)[name] = cells.flag(cell)
        except ValueError as failure:
            row.refuse(name, "not_understood", str(failure))
    return values | ({"routing": routing} if routing else {})


def _refuse_twice(rows: list[Row]) -> None:
    for name in (_place, lambda row: _folded(str(row.values.get("name", row.key)))):
        seen = set[str]()
        for row in rows:
            if name(row) in seen and not row.faults:
                row.refuse(KEY, "twice", "each team once")
            seen.add(name(row))


def _check_parent(row: Row, after: Mapping[str, Team]) -> None:
    if row.values.get("parent") and not row.faults and (wrong := _wrong_above(_place(row), after)):
        row.refuse("parent", *wrong)


def _wrong_above(place: str, after: Mapping[str, Team]) -> tuple[str, str] | None:
    """What is wrong with the line of teams above a place, if anything is."""
    line = [place]
    while after[place]["parent"]:
        found = _named(after[place]["parent"], after)
        if len(found) != 1 or after[found[0]]["archived"]:
            if found[1:]:
                return "ambiguous", "several teams in use have this name, here or in this file"
            return "unknown", "no team in use has this name, here or in this file"
        place = found[0]
        if place in line:
            return "cyclic", "a team cannot stand below itself"
        line.append(place)
    return ("too_deep", f"teams have at most {MOST_LEVELS} levels") if len(line) > MOST_LEVELS else None


def _id_of(org_id: str, name: str, made: Mapping[str, str | None]) -> str | None:
    return made.get(_folded(name)) or next(iter(_named(name, teams(org_id))), None)


def _place(row: Row) -> str:
    return row.id or f"row {_folded(row.key)}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
