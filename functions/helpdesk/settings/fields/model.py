"""A field's definition and who looks at it, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition

CUSTOMER = "customer"
STAFF = "staff"


@dataclass(frozen=True)
class Viewer:
    """Who looks: a colleague or key by role, a customer, or the desk itself, which sees everything."""

    kind: str  # an Actor's kind
    role: str | None = None

    def in_(self, audience: frozenset[str]) -> bool:
        """True if the viewer is one of `customer`, `staff` (all colleagues and keys), or of these roles."""
        if self.kind == "system":
            return True
        if self.kind == "contact":
            return CUSTOMER in audience
        return STAFF in audience or self.role in audience


DESK = Viewer("system")
EVERY_COLLEAGUE = Viewer("agent")  # of whatever role


@dataclass(frozen=True)
class Option:
    """A value of a select, multi_select or tree; `parent_id` is the branch of a tree that it hangs on."""

    id: str
    label: str
    parent_id: str | None = None
    archived: bool = False


@dataclass(frozen=True)
class Validation:
    """Bounds: of numbers, dates (text), and characters; `pattern` is for text."""

    min: Any = None
    max: Any = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class Definition:
    """A custom field: what it holds, and when who sees it, must fill it, and may change it."""

    id: str
    label: str
    type: str
    customer_label: str = ""
    help: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)
    default: Any = None
    required_when: Condition | None = None
    visible_when: Condition | None = None
    visible_to: frozenset[str] = frozenset({STAFF})
    read_only_to: frozenset[str] = frozenset()
    validation: Validation = Validation()
    position: int = 0
    archived: bool = False


def definition_of(row: Item) -> Definition:
    """The definition in a record."""
    from helpdesk.filters.documents import from_json

    conditions = {
        name: from_json(row[name]) if row.get(name) is not None else None for name in ("required_when", "visible_when")
    }
    options = {one["id"]: Option(**one) for one in row.get("options") or ()}
    return Definition(
        id=row["id"],
        label=row["label"],
        type=row["type"],
        customer_label=row.get("customer_label") or row["label"],
        help=row.get("help") or "",
        options=options,
        default=row.get("default"),
        visible_to=frozenset(row.get("visible_to") or (STAFF,)),
        read_only_to=frozenset(row.get("read_only_to") or ()),
        validation=Validation(**row.get("validation") or {}),
        position=row.get("position", 0),
        archived=bool(row.get("archived")),
        **conditions,
    )


@dataclass(frozen=True)
class Form:
    """Fields in the order in which a form asks for them; `for_` is agent, portal or both."""

    id: str
    label: str
    field_ids: tuple[str, ...]
    for_: str = "both"
    default: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value: a code for programs and a sentence for people."""

    code: str
    message: str


class BadValue(Exception):
    """A value that a field does not take."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(code, message)
