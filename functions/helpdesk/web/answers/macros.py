"""Answers of macros and templates."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered


class _Shared(Answered):
    """What macros and templates have in common."""

    id: str
    name: str
    visibility: Literal["all", "teams", "personal"]
    team_ids: list[str]
    owner_id: str
    position: int
    version: int
    created_at: str
    updated_at: str
    usage_count: int
    last_used_at: str | None
    unknown_variables: list[str]


class MacroAction(Answered):
    """One thing that a macro does; which of the others are there depends on `type`."""

    type: str
    value: Any = None
    field_id: str | None = None
    tags: list[str] | None = None
    body_html: str | None = None
    template_id: str | None = None


class Macro(_Shared):
    """Actions that are done as one."""

    description: str
    actions: list[MacroAction]


class TemplateVariant(Answered):
    """A template's words in one language."""

    subject: str | None = None
    body_html: str


class Template(_Shared):
    """A prepared answer in several languages."""

    shortcut: str | None
    variants: dict[str, TemplateVariant]


class Rendering(Answered):
    """A template filled for a ticket; `undefined` names what had no value and is marked [[name?]]."""

    locale: str
    subject: str | None
    body_html: str
    body_text: str
    undefined: list[str]


class TemplateVariable(Answered):
    """What {{name}} stands for."""

    name: str
    meaning: str


class PlannedMessage(Answered):
    """What a macro would write."""

    kind: Literal["reply", "note"]
    locale: str
    body_html: str
    body_text: str
    undefined: list[str]


class MacroPreview(Answered):
    """What a macro would do of a ticket now."""

    macro_id: str
    changes: dict[str, Any]
    messages: list[PlannedMessage]
    undefined: list[str]
