"""Bodies that /v1/views takes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.fields import Body, Id, Line

FilterText = Annotated[str, StringConstraints(max_length=4000)]


class NewView(Body):
    """A view: `filter` in text or JSON form (docs/filters.md); `team_ids` if it is shared with teams."""

    label: Line
    filter: FilterText | dict[str, Any]
    sort: Annotated[str, StringConstraints(max_length=200)] = "-updated_at"
    columns: Annotated[list[Id], Field(min_length=1, max_length=20)] | None = None
    shared: Literal["all", "teams", "me"] = "me"
    team_ids: Annotated[list[Id], Field(max_length=50)] | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ViewChange(Body):
    """Any of a view's attributes."""

    label: Line | None = None
    filter: FilterText | dict[str, Any] | None = None
    sort: Annotated[str, StringConstraints(max_length=200)] | None = None
    columns: Annotated[list[Id], Field(min_length=1, max_length=20)] | None = None
    shared: Literal["all", "teams", "me"] | None = None
    team_ids: Annotated[list[Id], Field(max_length=50)] | None = None
    position: Annotated[int, Field(ge=0, le=100_000)] | None = None

    @model_validator(mode="after")
    def _not_null(self) -> ViewChange:
        if empty := [name for name in self.model_fields_set - {"team_ids"} if getattr(self, name) is None]:
            raise ValueError(f"{', '.join(sorted(empty))} cannot be null")
        return self
