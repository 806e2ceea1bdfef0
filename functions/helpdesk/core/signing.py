"""HMAC with the deployment's one secret: cursors, reply addresses, message ids, loop headers."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from helpdesk.core.aws import client
from helpdesk.core.config import config


@cache
def key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, derived from the secret; the secret is read once per container."""
    return hmac.digest(_secret(), purpose.encode(), "sha256")


def sign(purpose: str, data: bytes, size: int = 16) -> bytes:
    """The first `size` bytes of HMAC-SHA256 over the data."""
    return hmac.digest(key(purpose), data, "sha256")[:size]


def matches(purpose: str, data: bytes, signature: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(sign(purpose, data, len(signature)), signature) and len(signature) >= 10


def fingerprint(secret: str) -> str:
    """What is stored of a token or key: SHA-256 in hex. Enough for secrets of 160 random bits and more."""
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _secret() -> bytes:
    return client("secretsmanager").get_secret_value(SecretId=config().secret_arn)["SecretString"].encode()
