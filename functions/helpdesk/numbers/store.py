"""Rows of the numbers: one a subject and day; those of a colleague stand beside the person's own row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from helpdesk.core.actions import adding
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, ConditionFailed, Put, Update, get, query_all, transact, write
from helpdesk.numbers.model import AGENT, Measure, Subject

_SIDE_BY_SIDE = 8
Sums = dict[tuple[Subject, str], Counter[str]]
"""What is added to each subject's row of a day."""


def sums_of(measures: list[Measure]) -> Sums:
    """The sums by subject and day."""
    sums: Sums = {}
    for measure in measures:
        for subject in measure.subjects:
            row = sums.setdefault((subject, measure.day), Counter())
            for name, value in measure.adds:
                row[name] += value  # type: ignore[assignment]
    return sums


def cursor_of(org_id: str) -> int:
    """The number of the feed's entry up to which everything is counted."""
    return int((get(config().people_table, f"{org_id}#NUMBERS", "CURSOR") or {"seq": 0})["seq"])


def advance(org_id: str, after: int, until: int, sums: Sums) -> None:
    """Add the sums of a stretch of the feed and move the cursor over it, as one.

    Raises
    ------
    ConditionFailed
        when somebody else has counted that stretch.
    """
    table = config().people_table
    condition = "seq = :after" if after else "attribute_not_exists(seq) OR seq = :after"
    values = {":after": after, ":until": until}
    moved = Update(table, f"{org_id}#NUMBERS", "CURSOR", "SET seq = :until", condition, values=values)
    transact([moved, *(_adding(org_id, subject, day, row) for (subject, day), row in sums.items())])


def _adding(org_id: str, subject: Subject, day: str, row: Mapping[str, float]) -> Update:
    add, names, values = adding(row)
    return Update(config().people_table, _pk(org_id, subject), f"STATS#{day}", add, None, names, values)


def days_of(org_id: str, subject: Subject, first: str, last: str) -> dict[str, dict[str, float]]:
    """The rows of a subject from one day to another, both with it, by day; one round trip a megabyte."""
    rows = query_all(
        config().people_table, _pk(org_id, subject), between=(f"STATS#{first}", f"STATS#{last}"), consistent=True
    )
    return {row["sk"].removeprefix("STATS#"): _plain(row) for row in rows}


def days_of_each(org_id: str, subjects: Iterable[Subject], first: str, last: str) -> list[dict[str, dict[str, float]]]:
    """The rows of each subject, in their order, read side by side."""
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        return list(pool.map(lambda subject: days_of(org_id, subject, first, last), subjects))


def replace_day(org_id: str, subject: Subject, day: str, row: Mapping[str, float]) -> None:
    """Put a row in place of what stands there: a repair."""
    write(Put(config().people_table, {"pk": _pk(org_id, subject), "sk": f"STATS#{day}", **row}))


def keep_erased(org_id: str, ticket_id: str, sums: Sums) -> None:
    """Keep what an erased ticket has added, without anything of its content; what is kept already stays."""
    told = [[subject.kind, subject.id, day, row] for (subject, day), row in sums.items()]
    row = {"pk": f"{org_id}#NUMBERS#ERASED", "sk": ticket_id, "sums": json.dumps(told)}
    with suppress(ConditionFailed):
        write(Put(config().people_table, row, NEW))


def erased(org_id: str) -> Iterator[tuple[str, Sums]]:
    """The ids of erased tickets, and what each has added."""
    for row in query_all(config().people_table, f"{org_id}#NUMBERS#ERASED"):
        told = json.loads(row["sums"])
        yield row["sk"], {(Subject(kind, id_), day): Counter(adds) for kind, id_, day, adds in told}


def _pk(org_id: str, subject: Subject) -> str:
    return f"{org_id}#{subject.id}" if subject.kind == AGENT else f"{org_id}#NUMBERS#{subject.kind}#{subject.id}"


def _plain(row: Item) -> dict[str, float]:
    return {name: float(value) for name, value in row.items() if name not in ("pk", "sk")}
