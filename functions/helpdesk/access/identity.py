"""Staff passwords, reset and MFA: all of it is Amazon Cognito's; we only pass questions and answers on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.errors import FieldError, Invalid, RateLimited, Unauthenticated

CODE_CHALLENGES = {"SOFTWARE_TOKEN_MFA": "SOFTWARE_TOKEN_MFA_CODE", "SMS_MFA": "SMS_MFA_CODE"}


@dataclass(frozen=True)
class Challenge:
    """What Cognito asks before it lets the person in."""

    name: str
    session: str


def check_password(email: str, password: str) -> Challenge | None:
    """None when the password is right and enough, or what Cognito asks next.

    Raises
    ------
    Unauthenticated
        with the same words for a wrong password and an unknown address.
    """
    with _translated():
        answer = client("cognito-idp").initiate_auth(
            ClientId=config().staff_client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )
    return _challenge(answer)


def answer_challenge(
    name: str, session: str, email: str, new_password: str | None, code: str | None
) -> Challenge | None:
    """Answer what Cognito asked; None when the person is in, or the next question."""
    responses = {"USERNAME": email}
    if name == "NEW_PASSWORD_REQUIRED":
        responses["NEW_PASSWORD"] = new_password or ""
    else:
        responses[CODE_CHALLENGES[name]] = code or ""
    with _translated():
        answer = client("cognito-idp").respond_to_auth_challenge(
            ClientId=config().staff_client_id,
            ChallengeName=name,  # type: ignore[arg-type]
            Session=session,
            ChallengeResponses=responses,
        )
    return _challenge(answer)


def ask_reset(email: str) -> None:
    """Let Cognito send a reset code; says nothing about whether the address is known."""
    cognito = client("cognito-idp")
    known_silence = (
        cognito.exceptions.UserNotFoundException,
        cognito.exceptions.InvalidParameterException,
        cognito.exceptions.LimitExceededException,
        cognito.exceptions.NotAuthorizedException,
    )
    try:
        cognito.forgot_password(ClientId=config().staff_client_id, Username=email)
    except known_silence:
        return


def confirm_reset(email: str, code: str, new_password: str) -> None:
    """Set a new password by the code that Cognito sent; an unknown address looks like a wrong code."""
    try:
        with _translated():
            client("cognito-idp").confirm_forgot_password(
                ClientId=config().staff_client_id, Username=email, ConfirmationCode=code, Password=new_password
            )
    except Unauthenticated:
        raise _wrong_code() from None


def invite(email: str) -> None:
    """Make the staff user; Cognito mails a first password. A user who exists already is left as he is."""
    cognito = client("cognito-idp")
    try:
        cognito.admin_create_user(
            UserPoolId=config().staff_pool_id,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            DesiredDeliveryMediums=["EMAIL"],
        )
    except cognito.exceptions.UsernameExistsException:
        return


def _challenge(answer: Any) -> Challenge | None:
    if "AuthenticationResult" in answer:
        return None
    return Challenge(answer["ChallengeName"], answer["Session"])


def _wrong_code() -> Invalid:
    words = "the code is wrong or too old"
    return Invalid(words, FieldError("/code", "wrong_code", words))


@contextmanager
def _translated() -> Iterator[None]:
    errors = client("cognito-idp").exceptions
    try:
        yield
    except errors.InvalidPasswordException as failure:
        message = failure.response["Error"].get("Message", "the password is too weak")
        fault = FieldError("/new_password", "weak_password", message)
        raise Invalid("choose a stronger password", fault) from failure
    except (errors.CodeMismatchException, errors.ExpiredCodeException) as failure:
        raise _wrong_code() from failure
    except (errors.TooManyRequestsException, errors.LimitExceededException) as failure:
        raise RateLimited("too many attempts; wait a while", retry_after=60) from failure
    except (
        errors.NotAuthorizedException,
        errors.UserNotFoundException,
        errors.PasswordResetRequiredException,
        errors.UserNotConfirmedException,
        errors.InvalidParameterException,
        errors.ResourceNotFoundException,  # a session that is not Cognito's (moto; AWS: NotAuthorizedException)
    ) as failure:
        raise Unauthenticated("the address or the password is wrong", code="bad_credentials") from failure
