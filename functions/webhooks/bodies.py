"""Bodies that webhooks take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from helpdesk.core import clock
from helpdesk.web.fields import Body, Id


def _time(text: str) -> str:
    return clock.iso(clock.parse(text))


Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Types = Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(max_length=500)]
Time = Annotated[str, StringConstraints(max_length=40), AfterValidator(_time)]


class WebhookBody(Body):
    """Where to send which events ("*" is all); `thin` sends ids alone, the scope `customer` nothing internal."""

    url: Url
    events: Types
    description: Words = ""
    payload: Literal["full", "thin"] = "full"
    filter: str | dict[str, Any] | None = None
    scope: Literal["internal", "customer"] = "internal"


class WebhookChanges(Body):
    """What is to change; `enabled: true` starts a paused webhook again, with all that it missed."""

    url: Url | None = None
    events: Types | None = None
    description: Words | None = None
    payload: Literal["full", "thin"] | None = None
    filter: str | dict[str, Any] | None = None
    scope: Literal["internal", "customer"] | None = None
    enabled: bool | None = None

    @model_validator(mode="after")
    def _no_nulls(self) -> WebhookChanges:
        if any(getattr(self, name) is None for name in self.model_fields_set - {"filter"}):
            raise ValueError("null is for filter alone")
        return self


class Replay(Body):
    """What to send again: deliveries by id, or everything that happened between two times (RFC 3339)."""

    delivery_ids: Annotated[list[Id], Field(min_length=1, max_length=500)] | None = None
    since: Annotated[Time | None, Field(alias="from")] = None
    to: Time | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Replay:
        if bool(self.delivery_ids) == bool(self.since) or (self.to and not self.since):
            raise ValueError("give either delivery_ids, or from and perhaps to")
        if self.since and self.to and self.since > self.to:
            raise ValueError("from is later than to")
        return self
