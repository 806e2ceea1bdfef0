"""From which address a request comes: the edge notes it, and proves that it was the edge."""

from __future__ import annotations

import hmac
from functools import cache
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.config import config


def client_ip(event: dict[str, Any], headers: dict[str, str]) -> str:
    """The viewer's address.

    API Gateway itself sees the edge's address only, so the edge sends the viewer's in X-Viewer-IP; that is believed
    with the proof that CloudFront adds to what it asks of its origin, so that nobody who calls API Gateway past the
    edge can name an address of his choice.
    """
    named = headers.get("x-viewer-ip")
    if named and (config().local or hmac.compare_digest(headers.get("x-edge-proof", ""), _proof())):
        return named
    return str(event["requestContext"]["http"].get("sourceIp", ""))


@cache
def _proof() -> str:
    return str(client("secretsmanager").get_secret_value(SecretId=config().edge_proof_arn)["SecretString"])
