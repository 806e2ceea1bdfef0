"""Bodies that signing in takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from helpdesk.web.fields import Body, Email

Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{4,12}$")]


class SignIn(Body):
    """A colleague's address and password."""

    email: Email
    password: Password


class ChallengeAnswer(Body):
    """The answer to what Cognito asked: a new password or a code."""

    name: Literal["NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA", "SMS_MFA"]
    session: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    email: Email
    new_password: Password | None = None
    code: Code | None = None


class ResetRequest(Body):
    """Whose password is to be reset."""

    email: Email


class ResetConfirmation(Body):
    """The mailed code and the new password."""

    email: Email
    code: Code
    new_password: Password
