"""Bodies that macros and templates take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.action_bodies import Action, Html
from helpdesk.web.fields import Body, Id, Line

Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Shortcut = Annotated[str, StringConstraints(pattern=r"^[^\s]{1,40}$")]
Visibility = Literal["all", "teams", "personal"]
Teams = Annotated[list[Id], Field(max_length=50)]
Text = Annotated[str, StringConstraints(max_length=1_000)]
Actions = Annotated[list[Action], Field(min_length=1, max_length=30)]


class NewMacro(Body):
    """A macro: actions that are done as one, by whoever runs it."""

    name: Line
    description: Text = ""
    visibility: Visibility = "personal"
    team_ids: Teams | None = None
    actions: Actions


class _Change(Body):
    @model_validator(mode="after")
    def _not_null(self) -> _Change:
        empty = [name for name in self.model_fields_set if name != "shortcut" and getattr(self, name) is None]
        if empty:
            raise ValueError(f"{', '.join(sorted(empty))} cannot be null")
        return self


class MacroChange(_Change):
    """What can change of a macro; actions are given whole."""

    name: Line | None = None
    description: Text | None = None
    visibility: Visibility | None = None
    team_ids: Teams | None = None
    actions: Actions | None = None


class Variant(Body):
    """A template's words in one language."""

    subject: Line | None = None
    body_html: Html


Variants = Annotated[dict[Locale, Variant], Field(min_length=1, max_length=50)]


class NewTemplate(Body):
    """A template; `variants` are its words by language, `shortcut` what an agent types for it."""

    name: Line
    shortcut: Shortcut | None = None
    visibility: Visibility = "personal"
    team_ids: Teams | None = None
    variants: Variants


class TemplateChange(_Change):
    """What can change of a template; variants are given whole."""

    name: Line | None = None
    shortcut: Shortcut | None = None
    visibility: Visibility | None = None
    team_ids: Teams | None = None
    variants: Variants | None = None


class RenderingWish(Body):
    """The ticket, by id or number, that a template is to be filled for; a `preview` does not count as its use."""

    ticket_id: Id
    preview: bool = False
