"""Bodies that closing rules take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.fields import Body, Id, Line
from helpdesk.web.policy_body import Condition

Hours = Annotated[int, Field(ge=1, le=8_760)]


class NewClosingRule(Body):
    """When a ticket that waits or is solved, is brought to mind and ends by itself; in hours, a year at most."""

    name: Line
    category: Literal["waiting", "solved"]
    filter: Condition = ""
    remind_after_hours: Hours | None = None
    template_id: Id | None = None
    close_after_hours: Hours
    to: Literal["solved", "closed"] = "closed"


class ClosingRuleChange(Body):
    """What can change of a closing rule; null takes the reminder away."""

    name: Line = ""
    category: Literal["waiting", "solved"] = "waiting"
    filter: Condition = ""
    remind_after_hours: Hours | None = None
    template_id: Id | None = None
    close_after_hours: Hours = 24
    to: Literal["solved", "closed"] = "closed"
    archived: bool = False
