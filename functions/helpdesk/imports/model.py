"""What a file comes to, row by row; plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from helpdesk.core.errors import DeskError, FieldError
from helpdesk.core.events import Cause
from helpdesk.core.ids import derived_id, time_of

CREATED, CHANGED, LEFT, FAULT, FAILED, NOT_REACHED = "created", "changed", "left", "fault", "failed", "not_reached"
OUTCOMES = (CREATED, CHANGED, LEFT, FAULT, FAILED, NOT_REACHED)
Check = Callable[[dict[str, Any]], dict[str, Any]]
"""What turns the values of a row into those that the API takes; raises `Invalid` naming each that is not right."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell of a row."""

    column: str
    code: str
    message: str


@dataclass
class Row:
    """A row of a file: whom it is about, what becomes of it, and the cells that change."""

    number: int
    key: str
    id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    outcome: str = LEFT
    reason: str | None = None  # why it failed

    def settle(self, before: Mapping[str, str] | None, after: Mapping[str, str]) -> None:
        """Say what becomes of it: what its cells are now, None if there is nothing yet, and what they will be."""
        was = before or {}
        self.changes = {
            name: {"from": was.get(name, ""), "to": cell} for name, cell in after.items() if cell != was.get(name, "")
        }
        self.outcome = CREATED if before is None else CHANGED if self.changes else LEFT

    def refuse(self, column: str, code: str, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(column, code, message))

    def refuse_all(self, error: DeskError, columns: Mapping[str, str], usual: str) -> None:
        """Note what an error says, by the columns that its pointers begin with."""
        faults: Iterable[FieldError] = getattr(error, "errors", ()) or [FieldError("", error.code, error.detail)]
        for one in faults:
            found = next((name for start, name in columns.items() if one.pointer.startswith(start)), usual)
            self.refuse(found, one.code, one.message)

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        faults = [{"column": one.column, "code": one.code, "message": one.message} for one in self.faults]
        shown = {"row": self.number, "key": self.key, "outcome": FAULT if faults else self.outcome}
        return shown | {"reason": self.reason, "changes": self.changes if not faults else {}, "faults": faults}


def cause_of_row(cause: Cause, key: str) -> Cause:
    """The cause of one row's events: a command of its own, the same when it is tried again."""
    id_ = cause.command_id
    return replace(cause, command_id=derived_id(time_of(id_), id_, key)) if id_ else cause


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many rows came to what."""
    counts = Counter(row["outcome"] for row in rows)
    return {name: counts[name] for name in OUTCOMES}
