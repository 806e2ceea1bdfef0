"""Bodies that the portal takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Email, Fields, Id, Line, Words


class LinkRequest(Body):
    """Whom to send a sign-in link."""

    email: Email


class LinkToken(Body):
    """The token in a sign-in link."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=300)]


class CustomerMessage(Body):
    """A customer's words and files."""

    body_text: Annotated[Words, StringConstraints(min_length=1)]
    attachments: Annotated[list[Id], Field(max_length=20)] | None = None


class CustomerTicket(CustomerMessage):
    """A new ticket from the portal."""

    subject: Line
    topic_id: Id | None = None
    fields: Fields | None = None
