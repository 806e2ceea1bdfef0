"""What a search engine must do, whichever it is; the same tests run against each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from helpdesk.filters.conditions import EVERYTHING, Condition
from helpdesk.filters.matching import Context
from helpdesk.search.documents import Document

MOST_RANKED = 200  # hits by relevance; a filter or more words narrow them
FACETS = ("category", "team_id", "assignee_id", "tag", "priority", "channel")
MOST_FACET_VALUES = 50
SORTS = (
    "updated_at",
    "created_at",
    "number",
    "priority",
    "status_changed_at",
    "first_response_at",
    "resolved_at",
    "due_at",
    "message_count",
)
Position = tuple[Any, ...]


@dataclass(frozen=True)
class Sort:
    """One key of an order; tickets without a value come last, in either direction."""

    field: str
    descending: bool = False


NEWEST = (Sort("updated_at", descending=True),)


@dataclass(frozen=True)
class Wanted:
    """A question for tickets: `condition` has the caller's sight, his filter and the trash compiled in already.

    Without words it is answered in the order of `sort`, with `q` by relevance; `notes` says whether words of
    notes count. `after` is the position of the last row that the caller has.
    """

    condition: Condition = EVERYTHING
    context: Context = field(default_factory=Context)
    notes: bool = True
    q: str = ""
    sort: tuple[Sort, ...] = NEWEST
    after: Position | None = None
    limit: int = 50
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One ticket, person or company; the position serves as `after` of the next question."""

    id: str
    position: Position
    kind: str = "ticket"
    exact: bool = False


@dataclass(frozen=True)
class Found:
    """The hits of one page; facets by field as `(value, count)`, commonest first; `total` if facets were asked."""

    hits: list[Hit]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    total: int | None = None


class Engine(Protocol):
    """An engine bound to one organisation: it cannot reach another's documents."""

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, str]] = ()) -> int:
        """Put documents, each unless a newer version is there, and remove `(kind, id)`; says how many moved."""

    def forget_words(self) -> None:
        """After an erasure: leave no word in any store that only removed documents had."""

    def tickets(self, wanted: Wanted) -> Found:
        """Tickets by condition and order, or by relevance."""

    def counts(self, conditions: Sequence[Condition], context: Context, *, notes: bool = True) -> list[int]:
        """How many tickets each condition holds of."""

    def people(self, q: str, kind: str, limit: int) -> list[Hit]:
        """People or companies by their words, best first."""

    def tags(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[tuple[str, int]]:
        """Tags with this beginning on tickets of which the condition holds, commonest first."""

    def numbers(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[Hit]:
        """Tickets whose number begins so, newest first."""

    def documents(self, kind: str, ids: Sequence[str]) -> dict[str, Document]:
        """The documents of these ids, for highlighting; those that are not there are left out."""

    def similar(self, words: Sequence[str]) -> dict[str, list[str]]:
        """What an unknown word may have meant, for highlighting."""

    def status(self) -> dict[str, Any]:
        """What operators want to know: engine, documents by kind, size in bytes."""
