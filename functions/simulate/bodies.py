"""Bodies of simulations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.fields import Body, Id
from helpdesk.web.policy_body import SlaPolicyBody
from helpdesk.web.rule_body import RuleBody


class NewSimulation(Body):
    """A draft of an SLA policy, in place of the one of this id or as a new one, over so many days until now."""

    kind: Literal["sla_policy"]
    id: Id | None = None
    policy: SlaPolicyBody
    days: Annotated[int, Field(ge=1, le=30)] = 30


class NewRuleSimulation(Body):
    """A draft of a rule, in place of the one of this id or as a new one at the end, over so many days until now."""

    id: Id | None = None
    rule: RuleBody
    days: Annotated[int, Field(ge=1, le=30)] = 30
