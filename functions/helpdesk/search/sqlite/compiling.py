"""A condition as SQL over `ticket t`; it means what `filters.matching.matches` means, as a property test proves.

No column is NULL ('' is no value), so that the opposite of a comparison holds exactly where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.filters import dates
from helpdesk.filters.conditions import All, Any_, Condition, Not, Term
from helpdesk.filters.fields import field_of
from helpdesk.filters.folding import folded, number_in, plain, words_of
from helpdesk.filters.matching import Context, ranked, values_of
from helpdesk.search.engine import Position, Sort

_SIGN = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_NUMBERS = ("number", "message_count")
Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Compiler:
    """Compiles for one caller: `notes` says whether words of notes count."""

    context: Context
    notes: bool = True

    def where(self, condition: Condition) -> Sql:
        """The condition as an expression and its parameters."""
        match condition:
            case Term():
                return self._term(condition)
            case Not(part):
                sql, values = self.where(part)
                return f"NOT ({sql})", values
            case All(parts):
                return self._joined(parts, " AND ")
            case Any_(parts):
                return self._joined(parts, " OR ")

    def _joined(self, parts: Sequence[Condition], word: str) -> Sql:
        compiled = [self.where(part) for part in parts]
        return f"({word.join(sql for sql, _ in compiled) or '1'})", [one for _, values in compiled for one in values]

    def _term(self, term: Term) -> Sql:
        field = field_of(term.field)
        assert field is not None  # noqa: S101 - a Term names a field of the table
        column = f"t.{term.field}"
        match field.type:
            case "custom":
                return self._custom(term)
            case "set":
                return self._set(term)
            case "words":
                phrase = fts_phrase(str(term.value))
                return "t.key IN (SELECT rowid FROM words WHERE words MATCH ?)", [within(phrase, self.notes)]
            case "flag":
                return f"{column} = ?", [int(bool(term.value))]
            case "date" if term.op != "none":
                return _date(column, term, self.context)
            case "line" if term.op == "contains":
                return f"instr(folded({column}), ?) > 0", [folded(str(term.value))]
            case "line":
                return f"folded({column}) = ?", [folded(str(term.value))]
            case "number" if term.op in _SIGN:
                return f"{column} {_SIGN[term.op]} ?", [term.value]
            case "rank" if term.op in _SIGN:
                return _one_of(column, ranked(term, self.context))
        if term.op == "none":
            return f"{column} = ''", []
        values: tuple[Any, ...] = values_of(term, self.context)
        return _one_of(column, tuple(int(one) for one in values) if field.type == "number" else values)

    def _set(self, term: Term) -> Sql:
        if term.op == "none":
            return "NOT EXISTS (SELECT 1 FROM value v WHERE v.key = t.key AND v.field = ?)", [term.field]
        wanted = values_of(term, self.context)
        each = [
            ("EXISTS (SELECT 1 FROM value v WHERE v.key = t.key AND v.field = ? AND v.value = ?)", [term.field, one])
            for one in wanted
        ]
        word = " AND " if term.op == "all" else " OR "
        return f"({word.join(sql for sql, _ in each)})", [one for _, values in each for one in values]

    def _custom(self, term: Term) -> Sql:
        known = "EXISTS (SELECT 1 FROM value v WHERE v.key = t.key AND v.field = ?"
        if term.op == "none":
            return f"NOT {known})", [term.field]
        wanted = [plain(one) for one in (term.value if isinstance(term.value, tuple) else (term.value,))]
        if term.op == "contains":
            return f"{known} AND instr(v.value, ?) > 0)", [term.field, wanted[0]]
        if term.op in _SIGN:
            number = number_in(wanted[0])
            if number is None:
                return f"{known} AND v.number IS NULL AND v.value {_SIGN[term.op]} ?)", [term.field, wanted[0]]
            return f"{known} AND v.number IS NOT NULL AND v.number {_SIGN[term.op]} ?)", [term.field, number]
        inside, values = _one_of("v.value", wanted)
        return f"{known} AND {inside})", [term.field, *values]


def within(expression: str, notes: bool) -> str:
    """An FTS expression over all columns, or over those that customers may read."""
    return expression if notes else f"{{strong public}} : ({expression})"


def fts_phrase(text: str) -> str:
    """The words side by side, the last as the beginning of one."""
    return f'"{" ".join(words_of(text))}" *'


def order_by(sort: Sequence[Sort], context: Context) -> list[tuple[str, bool]]:
    """The expressions of an order with their directions; the id makes it total. No value comes last."""
    found: list[tuple[str, bool]] = []
    for one in sort:
        if one.field == "priority":
            cases = " ".join(f"WHEN '{id_}' THEN {int(rank)}" for id_, rank in _safe(context).items())
            found.append((f"CASE t.priority {cases} ELSE -1 END" if cases else "0", one.descending))
        elif one.field.endswith("_at") and not one.descending and one.field not in ("updated_at", "created_at"):
            found.append((f"CASE t.{one.field} WHEN '' THEN '~' ELSE t.{one.field} END", False))
        else:
            found.append((f"t.{one.field}", one.descending))
    return [*found, ("t.id", found[-1][1])]


def beyond(order: Sequence[tuple[str, bool]], after: Position) -> Sql:
    """That a row stands after a position in the order."""
    (first, descending), *rest = order
    sign, value = "<" if descending else ">", after[0]
    if not rest:
        return f"{first} {sign} ?", [value]
    sql, values = beyond(rest, after[1:])
    return f"({first} {sign}= ? AND ({first} {sign} ? OR {sql}))", [value, value, *values]


def _safe(context: Context) -> dict[str, int]:
    """The ranks under ids that may stand in SQL as they are; a priority's id is a slug."""
    return {id_: rank for id_, rank in context.ranks.items() if id_.replace("_", "").replace("-", "").isalnum()}


def _date(column: str, term: Term, context: Context) -> Sql:
    start, end = dates.span(str(term.value), context.now)
    match term.op:
        case "is":
            return f"({column} >= ? AND {column} < ?)", [start, end]
        case "gt":
            return (f"{column} >= ?", [end]) if start != end else (f"{column} > ?", [start])
        case "gte":
            return f"{column} >= ?", [start]
        case "lt":
            return f"({column} != '' AND {column} < ?)", [start]
    sign = "<" if start != end else "<="
    return f"({column} != '' AND {column} {sign} ?)", [end]


def _one_of(column: str, values: Sequence[Any]) -> Sql:
    if len(values) == 1:
        return f"{column} = ?", list(values)
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)
