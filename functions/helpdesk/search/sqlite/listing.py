"""A list's SQL: its condition, its position, its order, and the table that it is best read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.filters.conditions import Condition, Term, all_of, conjuncts
from helpdesk.filters.fields import FIELDS, STATES
from helpdesk.filters.matching import Context, values_of
from helpdesk.search.engine import Wanted
from helpdesk.search.sqlite.compiling import Compiler, beyond

_NEWEST = [("t.updated_at", True), ("t.id", True)]
_OLDEST = [("t.updated_at", False), ("t.id", False)]


def list_sql(compiler: Compiler, wanted: Wanted, order: Sequence[tuple[str, bool]]) -> tuple[str, list[Any]]:
    """The statement and its parameters; each row is a position, whose last value is the ticket's id."""
    driver, rest = _driver(wanted.condition) if list(order) in (_NEWEST, _OLDEST) else (None, wanted.condition)
    where, values = compiler.where(rest)
    table = "ticket t"
    if driver:
        order = [("v.at", order[0][1]), ("v.id", order[1][1])]
        table = "value v CROSS JOIN ticket t ON t.key = v.key"  # CROSS: read in the order of the values
        done = _half(rest)
        where = f"v.field = ? AND v.value = ?{'' if done is None else ' AND v.done = ?'} AND {where}"
        values = [driver.field, values_of(driver, compiler.context)[0], *([] if done is None else [done]), *values]
    if wanted.after is not None:
        after, its = beyond(order, wanted.after)
        where, values = f"{where} AND {after}", [*values, *its]
    names = ", ".join(name for name, _ in order)
    directions = ", ".join(f"{name} {'DESC' if descending else 'ASC'}" for name, descending in order)
    sql = f"SELECT {names} FROM {table} WHERE {where} ORDER BY {directions} LIMIT ?"
    return sql, [*values, wanted.limit]


def _half(condition: Condition) -> bool | None:
    """True if the condition can hold of done tickets alone, False if of active ones alone."""
    for part in conjuncts(condition):
        if isinstance(part, Term) and part.field == "category":
            wanted = set(values_of(part, Context()))
            for state, done in (("active", False), ("done", True)):
                if wanted <= set(STATES[state]):
                    return done
    return None


def _driver(condition: Condition) -> tuple[Term | None, Condition]:
    """A tag (or follower, link) that must be there: its rows stand in the order of the newest, and the rest."""
    parts = conjuncts(condition)
    for part in parts:
        if isinstance(part, Term) and part.op == "is" and FIELDS.get(part.field, FIELDS["text"]).type == "set":
            return part, all_of(one for one in parts if one is not part)
    return None, condition
