"""Bodies that the settings of outgoing mail take."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from helpdesk.web.fields import Body, Email


class NewSuppression(Body):
    """An address that shall get no mail, and why."""

    address: Email
    detail: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
