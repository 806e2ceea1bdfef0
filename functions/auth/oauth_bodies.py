"""Bodies of OAuth 2. Apps send them as forms (RFC 6749 appendix B); what the RFC does not know is ignored."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from helpdesk.web.fields import Body

Text = Annotated[str, StringConstraints(max_length=2_000)]


class Authorization(Body):
    """What an app asked for, and whether the caller approves."""

    approved: bool
    client_id: Text
    redirect_uri: Text | None = None
    response_type: Text
    scope: Text | None = None
    state: Text | None = None
    code_challenge: Text
    code_challenge_method: Text


class _Form(BaseModel):
    """A form: every value a text, unknown names ignored (RFC 6749 3.2)."""

    FORM: ClassVar[bool] = True
    model_config = ConfigDict(extra="ignore", strict=True)


class TokenRequest(_Form):
    """`grant_type` is authorization_code, with code, redirect_uri and code_verifier, or refresh_token, with it."""

    grant_type: Text | None = None
    client_id: Text | None = None
    client_secret: Text | None = None
    code: Text | None = None
    redirect_uri: Text | None = None
    code_verifier: Text | None = None
    refresh_token: Text | None = None
    scope: Text | None = None


class Revocation(_Form):
    """The token to take back."""

    token: Text | None = None
    token_type_hint: Text | None = None
    client_id: Text | None = None
    client_secret: Text | None = None
