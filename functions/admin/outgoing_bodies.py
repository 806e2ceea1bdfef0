"""Bodies that the settings of outgoing mail take."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints, model_validator

from helpdesk.web.fields import Body, Email, Id, Line

Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]
Html = Annotated[str, StringConstraints(min_length=1, max_length=60_000)]
Text = Annotated[str, StringConstraints(max_length=20_000)]


class NewSuppression(Body):
    """An address that shall get no mail, and why."""

    address: Email
    detail: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class NewMailTemplate(Body):
    """A template for another language; without text it is made of the HTML."""

    kind: Id
    locale: Locale
    subject: Line | None = None
    html: Html
    text: Text | None = None


class MailTemplateChange(Body):
    """What can change of a template."""

    subject: Line | None = None
    html: Html | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _not_null(self) -> MailTemplateChange:
        if "html" in self.model_fields_set and self.html is None:
            raise ValueError("html cannot be null; DELETE brings the shipped template back")
        return self


class TemplateTrial(NewMailTemplate):
    """A template that is looked at or tried before it is kept."""
