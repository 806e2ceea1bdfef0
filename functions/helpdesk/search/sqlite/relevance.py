"""The best tickets for a person's words: BM25 within stages that go from what he wrote to what he may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpdesk.search.engine import MOST_FACET_VALUES, MOST_RANKED, Found, Hit, Wanted
from helpdesk.search.exact import wanted_by
from helpdesk.search.sqlite.compiling import Compiler, Sql, within
from helpdesk.search.sqlite.wording import Wording

if TYPE_CHECKING:
    from sqlite3 import Connection

_WEIGHTS = "8.0, 4.0, 1.0, 0.7"  # strong, people, public, notes
_ENOUGH = 8  # hits of a stage that make a wider one needless


def ranked(connection: Connection, wanted: Wanted) -> Found:
    """A page of at most `MOST_RANKED` hits: exact ones, then stage by stage; facets count all that the last finds."""
    compiler = Compiler(wanted.context, wanted.notes)
    where = compiler.where(wanted.condition)
    keys = _exact_keys(connection, wanted.q, wanted.notes)
    rows = [(0, 0.0, id_) for id_ in _ids_of(connection, keys, where)]
    exact = {row[2] for row in rows}
    seen, widest = set(exact), ""
    for stage, expression in enumerate(Wording(connection, wanted.q).stages(), 1):
        widest = within(expression, wanted.notes)
        found = [row for row in _matching(connection, widest, where) if row[1] not in seen]
        rows += [(stage, round(score, 6), id_) for score, id_ in found]
        seen |= {id_ for _, id_ in found}
        if len(seen) >= _ENOUGH:
            break
    after = tuple(wanted.after) if wanted.after else (-1,)
    page = [row for row in sorted(rows)[:MOST_RANKED] if row > after][: wanted.limit]
    hits = Found([Hit(row[2], row, exact=row[2] in exact) for row in page])
    if not wanted.facets:
        return hits
    return with_facets(connection, hits, _matched(widest, keys, where), wanted.facets)


def with_facets(connection: Connection, found: Found, where: Sql, facets: Sequence[str]) -> Found:
    """The hits with what all tickets of the condition have in common."""
    names = [name for name in facets if name != "tag"]
    columns = ", ".join(["key", *names])
    connection.execute("DROP TABLE IF EXISTS temp.matched")
    connection.execute(f"CREATE TEMP TABLE matched (key INTEGER PRIMARY KEY{''.join(f', {name}' for name in names)})")
    asked = ", ".join(f"t.{name}" for name in ["key", *names])
    connection.execute(f"INSERT INTO temp.matched ({columns}) SELECT {asked} FROM ticket t WHERE {where[0]}", where[1])
    total = int(connection.execute("SELECT count(*) FROM temp.matched").fetchone()[0])
    counted: dict[str, list[tuple[str, int]]] = {}
    for name in facets:
        table = (
            "temp.matched m CROSS JOIN value v ON v.key = m.key AND v.field = 'tag'"
            if name == "tag"
            else "temp.matched"
        )
        column = "v.value" if name == "tag" else name
        rows = connection.execute(
            f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
            (MOST_FACET_VALUES,),
        )
        counted[name] = [(row[0], row[1]) for row in rows]
    return Found(found.hits, counted, total)


def people(connection: Connection, q: str, kind: str, limit: int) -> list[Hit]:
    """People or companies: by exact address or phone, then by words."""
    marks, values = _in(wanted_by(q))
    rows = connection.execute(
        f"SELECT DISTINCT d.id FROM exact e JOIN doc d ON d.key = e.key WHERE e.value IN ({marks}) AND d.kind = ?",
        [*values, kind],
    ).fetchall()
    found = {row[0]: Hit(row[0], (0, 0.0, row[0]), kind, exact=True) for row in rows}
    for stage, expression in enumerate(Wording(connection, q, "name_vocabulary").stages(), 1):
        rows = connection.execute(
            "SELECT bm25(names) AS score, d.id FROM names JOIN doc d ON d.key = names.rowid"
            " WHERE names MATCH ? AND d.kind = ? ORDER BY score, d.id LIMIT ?",
            (expression, kind, limit),
        ).fetchall()
        found = {id_: Hit(id_, (stage, round(score, 6), id_), kind) for score, id_ in rows} | found
        if found:
            break
    return sorted(found.values(), key=lambda hit: hit.position)[:limit]


def _matching(connection: Connection, expression: str, where: Sql) -> list[tuple[float, str]]:
    sql = (
        f"SELECT bm25(words, {_WEIGHTS}) AS score, t.id FROM words JOIN ticket t ON t.key = words.rowid"
        f" WHERE words MATCH ? AND {where[0]} ORDER BY score, t.updated_at DESC LIMIT {MOST_RANKED}"
    )
    return connection.execute(sql, [expression, *where[1]]).fetchall()


def _exact_keys(connection: Connection, q: str, notes: bool) -> list[int]:
    marks, values = _in(wanted_by(q))
    shown = "" if notes else " AND public = 1"
    sql = f"SELECT DISTINCT key FROM exact WHERE value IN ({marks}){shown} ORDER BY key DESC LIMIT {MOST_RANKED}"
    return [row[0] for row in connection.execute(sql, values)]


def _ids_of(connection: Connection, keys: list[int], where: Sql) -> list[str]:
    marks, values = _in(keys)
    sql = f"SELECT t.id FROM ticket t WHERE t.key IN ({marks}) AND {where[0]}"
    return [row[0] for row in connection.execute(sql, [*values, *where[1]])]


def _matched(expression: str, keys: list[int], where: Sql) -> Sql:
    """All that the words find. The union makes SQLite ask the words once, not once a ticket."""
    marks, values = _in(keys)
    found = f"SELECT key FROM doc WHERE key IN ({marks})"
    if expression:
        found += " UNION SELECT rowid FROM words WHERE words MATCH ?"
        values.append(expression)
    return f"t.key IN ({found}) AND {where[0]}", [*values, *where[1]]


def _in(values: Sequence[Any]) -> tuple[str, list[Any]]:
    return ", ".join("?" * len(values)), list(values)
