"""Bodies that rules take."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from helpdesk.web.fields import Body, Line, Zone
from helpdesk.web.rule_body import Condition, Events, RuleActions, RuleBody


class NewRule(RuleBody):
    """A rule, at the end of the order."""


class RuleChange(Body):
    """What can change of a rule; events and actions are given whole."""

    name: Line | None = None
    on: Events | None = None
    when: Condition | None = None
    then: RuleActions | None = None
    stop: bool | None = None
    enabled: bool | None = None
    zone: Zone | None = None
    archived: Literal[False] | None = None

    @model_validator(mode="after")
    def _not_null(self) -> RuleChange:
        if empty := [name for name in self.model_fields_set if getattr(self, name) is None]:
            raise ValueError(f"{', '.join(sorted(empty))} cannot be null")
        return self
