"""By what a draft of routing gives out: the desk as it is set now, with the draft's part in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.coverage.service import Rotas, rotas
from helpdesk.people.abilities import checked_abilities
from helpdesk.people.model import Person
from helpdesk.settings.organisation import channel_weights, default_capacity
from helpdesk.settings.service import check_team
from helpdesk.settings.teams import automatic_teams, below, draft_of
from helpdesk.simulation.desk import Terms
from helpdesk.simulation.draft import faults_below
from helpdesk.simulation.presence import presences
from helpdesk.simulation.reading import Reading, Words


@dataclass(frozen=True)
class Drafted:
    """What is tried: how teams give out, who can do what, and how load is counted."""

    team_id: str | None
    routings: Mapping[str, dict[str, Any]]
    known: Rotas
    weights: Mapping[str, int]
    usual: int

    @property
    def scope(self) -> frozenset[str]:
        """The teams whose tickets are told of: all that give out, and the one that is drafted."""
        return frozenset([*self.routings, *([self.team_id] if self.team_id else [])])

    def capacities(self) -> dict[str, int]:
        """What each colleague takes, in points."""
        return {one.id: self.usual if one.capacity is None else one.capacity for one, _ in self.known}

    def terms(self, org_id: str, found: Reading, until: str) -> Terms:
        """All that deciding takes, for a stretch of the log."""
        members = {id_: [one for one, _ in self.known if below(org_id, id_) & set(one.team_ids)] for id_ in self.scope}
        ids = {one.id for people in members.values() for one in people}
        present = presences(org_id, [one for one in self.known if one[0].id in ids], found.since, until)
        words = Words(found, self.routings)
        return Terms(self.routings, members, present, self.weights, self.usual, self.scope, words)


def as_it_is(org_id: str) -> Drafted:
    """The desk as it is set now."""
    return Drafted(None, automatic_teams(org_id), rotas(org_id), channel_weights(org_id), default_capacity(org_id))


def drafted(org_id: str, body: dict[str, Any]) -> Drafted:
    """The desk with a draft `{id?, routing?, people?, organisation?}` in its place.

    Raises
    ------
    Invalid
        as saving each part would: below `/routing`, `/people/<n>`, `/organisation`.
    """
    now, organisation = as_it_is(org_id), body.get("organisation") or {}
    return replace(
        now,
        team_id=body.get("id"),
        routings=_routings(org_id, now.routings, body),
        known=_people(org_id, now.known, body.get("people") or []),
        weights=organisation.get("channel_weights", now.weights),
        usual=organisation.get("default_capacity", now.usual),
    )


def _routings(org_id: str, known: Mapping[str, dict[str, Any]], body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    team_id, routing = body.get("id"), body.get("routing")
    if not team_id and routing is None:
        return dict(known)
    if not team_id or routing is None:
        missing = "routing" if team_id else "id"
        fault = FieldError(f"/{missing}", "required", "a team's id and its routing go together")
        raise Invalid("a team's id and its routing go together", fault)
    check_team(org_id, team_id, "/id")
    draft = draft_of(org_id, team_id, routing)
    others = {id_: one for id_, one in known.items() if id_ != team_id}
    return others | ({team_id: draft} if draft["mode"] == "automatic" else {})


def _people(org_id: str, known: Rotas, drafts: list[dict[str, Any]]) -> Rotas:
    changed = {person.id: person for person, _ in known}
    for number, draft in enumerate(drafts):
        with faults_below(f"/people/{number}"):
            changed[draft["id"]] = _person(org_id, changed.get(draft["id"]), draft)
    return [(changed[person.id], rota) for person, rota in known]


def _person(org_id: str, person: Person | None, draft: dict[str, Any]) -> Person:
    if not person:
        raise Invalid("there is no such colleague", FieldError("/id", "unknown", "there is no such colleague"))
    changes = {name: value for name, value in draft.items() if name != "id"}
    for number, team_id in enumerate(changes.get("team_ids", ())):
        check_team(org_id, team_id, f"/team_ids/{number}")
    values = {name: changes[name] for name in ("capacity", "team_ids") if name in changes}
    return replace(person, **values | checked_abilities(person, changes))
