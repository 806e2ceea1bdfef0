"""The event: what happened, to what, by whom, and which fields changed from what to what."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from helpdesk.core import ids

if TYPE_CHECKING:
    from helpdesk.core.effects import Effect


@dataclass(frozen=True)
class Cause:
    """Who does something, through which door, and as part of which command."""

    org_id: str
    actor: dict[str, Any]
    via: str
    correlation_id: str
    causation_id: str | None = None
    command_id: str | None = None  # the same for a command that is tried again, so that it is done once
    answer_key: str | None = None  # where the answer to that command is kept, which a purge has to find
    effect: Effect | None = None  # a job's or a preview's own wishes for what is committed


@dataclass(frozen=True)
class Event:
    """One committed change, as in the feed, on the bus and in webhooks (`seq` is given when published)."""

    id: str
    org_id: str
    type: str
    at: str
    subject: dict[str, Any]
    version: int
    actor: dict[str, Any]
    via: str
    correlation_id: str
    causation_id: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    seq: int | None = None

    def public(self) -> dict[str, Any]:
        """The event as integrators read it."""
        return asdict(self)

    @classmethod
    def from_item(cls, item: dict[str, Any]) -> Event:
        """The event from a row of the Tickets table or of the feed; unknown attributes are left out."""
        return cls(**{name: item[name] for name in cls.__dataclass_fields__ if name in item})


def event_of(cause: Cause, type_: str, subject: dict[str, Any], version: int, at: str) -> Event:
    """A new event of this cause, without changes as yet."""
    return Event(
        id=ids.new_id(),
        org_id=cause.org_id,
        type=type_,
        at=at,
        subject=subject,
        version=version,
        actor=cause.actor,
        via=cause.via,
        correlation_id=cause.correlation_id,
        causation_id=cause.causation_id,
    )
