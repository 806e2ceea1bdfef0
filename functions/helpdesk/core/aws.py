"""AWS clients, one of each per container; the only import of boto3."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, overload

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sqs import SQSClient


@overload
def client(name: Literal["dynamodb"]) -> DynamoDBClient: ...
@overload
def client(name: Literal["s3"]) -> S3Client: ...
@overload
def client(name: Literal["ses"]) -> SESClient: ...
@overload
def client(name: Literal["sesv2"]) -> Any: ...
@overload
def client(name: Literal["sqs"]) -> SQSClient: ...
@overload
def client(name: Literal["events"]) -> EventBridgeClient: ...
@overload
def client(name: Literal["cognito-idp"]) -> CognitoIdentityProviderClient: ...
@overload
def client(name: Literal["secretsmanager"]) -> SecretsManagerClient: ...
@cache
def client(name: str) -> object:
    """The low-level client for one service; made at first use, kept for the container's life."""
    import boto3
    from botocore.config import Config

    settings = Config(
        connect_timeout=2,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 1 if name == "ses" else 4},  # SES could send twice
        s3={"addressing_style": "virtual" if _on_aws() else "path"},
        parameter_validation=name != "dynamodb",  # a sixth of each call; `actions` and `items` make no others
        signature_version="s3v4" if name == "s3" else None,
    )
    return boto3.client(name, config=settings)  # type: ignore[call-overload]


def _on_aws() -> bool:
    from helpdesk.core.config import config

    return not config().local


def credentials() -> Any:
    """The credentials of this container, renewed as they expire; for requests that are signed outside of boto3."""
    import boto3

    return boto3.Session().get_credentials()
