"""What rules decided on a ticket, kept small for the last ninety days, and shown as "Why?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.items import Item
from helpdesk.filters.rule_fields import WAS
from helpdesk.rules import store
from helpdesk.rules.actions import Plan
from helpdesk.rules.model import FAILED, NO_MATCH, STOPPED, Verdict
from helpdesk.rules.scenes import APPLIED, Scene
from helpdesk.settings.fields.service import definitions, viewer_of

MOST_SHOWN = 100
MOST_KEPT = 50  # of those that did nothing, of one command
_FIELD = "fields."


@dataclass(frozen=True)
class Occasion:
    """On what something is decided: a command by its first event, or a look of the clock, which nothing caused."""

    event_id: str
    root_id: str
    event: str
    at: str
    chain: tuple[str, ...] = ()
    caused_by: str | None = None

    @classmethod
    def of(cls, scene: Scene) -> Occasion:
        """The occasion that a command is."""
        told = next((event for event in scene.events if event.type != APPLIED), scene.events[0])
        return cls(scene.id, scene.root_id, told.type, scene.at, scene.chain, scene.id)


def decision_of(
    on: Occasion,
    verdict: Verdict,
    outcome: str,
    *,
    plan: Plan | None = None,
    version: int | None = None,
    error: str = "",
) -> Item:
    """One rule's decision as it is kept: when, on what, what came of it and why."""
    return _placed(on) | {
        **_reason(verdict),
        "outcome": outcome,
        "detail": error or verdict.detail,
        "actions": plan.types if plan else [],
        "left_out": [dict(one) for one in plan.left_out] if plan else [],
        "version": version,
        "replied": bool(plan and plan.replies),
        "written": list(plan.talks.written) if plan else [],
    }


def rest_of(on: Occasion, verdicts: Sequence[Verdict]) -> Item:
    """Why each other rule did nothing, in one row: those that were kept from it first, at most fifty."""
    ordered = sorted(verdicts, key=lambda one: not (one.stopped or one.because == "broken"))
    rules = [_reason(one) | {"outcome": _outcome(one), "detail": one.detail} for one in ordered[:MOST_KEPT]]
    return _placed(on) | {"rules": rules}


def decisions(actor: Actor, ticket_id: str) -> list[dict[str, Any]]:
    """The last hundred decisions on a ticket, the newest first; of fields that the reader may not see no value."""
    found: list[dict[str, Any]] = []
    for row in store.newest_decisions(actor.org_id, ticket_id, MOST_SHOWN):
        common = {name: row[name] for name in ("event_id", "event", "at", "depth")}
        found += [_shown(actor, common, one) for one in row.get("rules", [row])]
    return sorted(found, key=lambda one: (one["at"], one["event_id"]), reverse=True)[:MOST_SHOWN]


def _placed(on: Occasion) -> Item:
    named = {"event_id": on.event_id, "root_id": on.root_id, "event": on.event, "at": on.at}
    return named | {"depth": len(on.chain)}


def _outcome(verdict: Verdict) -> str:
    return STOPPED if verdict.stopped else FAILED if verdict.because == "broken" else NO_MATCH


def _reason(verdict: Verdict) -> Item:
    return {
        "rule_id": verdict.rule.id,
        "rule": verdict.rule.name,
        "because": verdict.because or None,
        "comparison": verdict.comparison or None,
        "field": verdict.field or None,
        "found": verdict.found,
    }


def _shown(actor: Actor, common: dict[str, Any], one: Item) -> dict[str, Any]:
    own = {name: one.get(name) for name in ("rule_id", "rule", "outcome", "because", "detail", "comparison", "found")}
    own |= {"actions": one.get("actions", []), "left_out": one.get("left_out", []), "version": one.get("version")}
    own["found"] = None if own["found"] is None else str(own["found"])
    if not _readable(actor, one.get("field") or ""):
        own |= {"comparison": None, "found": None, "detail": "it looks at a field that you may not see"}
    return common | own


def _readable(actor: Actor, field: str) -> bool:
    name = field.removeprefix(WAS)
    if not name.startswith(_FIELD):
        return True
    return name.removeprefix(_FIELD) in definitions(actor.org_id).open_to(viewer_of(actor))
