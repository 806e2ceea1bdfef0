"""Bodies of simulations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.fields import Body, Id, Points
from helpdesk.web.policy_body import SlaPolicyBody
from helpdesk.web.routing_body import ChannelWeights, Languages, Routing, Skills, TeamIds
from helpdesk.web.rule_body import RuleBody

Days = Annotated[int, Field(ge=1, le=30)]


class NewSimulation(Body):
    """A draft of an SLA policy, in place of the one of this id or as a new one, over so many days until now."""

    kind: Literal["sla_policy"]
    id: Id | None = None
    policy: SlaPolicyBody
    days: Days = 30


class NewRuleSimulation(Body):
    """A draft of a rule, in place of the one of this id or as a new one at the end, over so many days until now."""

    id: Id | None = None
    rule: RuleBody
    days: Days = 30


class DraftedColleague(Body):
    """What would be another of a colleague; what is not named stays."""

    id: Id
    skills: Skills = ()
    languages: Languages = ()
    capacity: Points | None = None
    team_ids: TeamIds = ()


class DraftedOrganisation(Body):
    """How load would be counted; what is not named stays."""

    default_capacity: Points = 20
    channel_weights: ChannelWeights = Field(default={})


class NewRoutingSimulation(Body):
    """A draft of how the team of this id gives its tickets out, of colleagues, and of how load is counted.

    All of it is optional, over so many days until now; a team's id and its routing go together.
    """

    id: Id | None = None
    routing: Routing | None = None
    people: Annotated[list[DraftedColleague], Field(max_length=100)] | None = None
    organisation: DraftedOrganisation | None = None
    days: Days = 30
