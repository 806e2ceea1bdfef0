"""Signatures as Standard Webhooks has them (github.com/standard-webhooks/standard-webhooks, spec 1.0).

A webhook's secret is derived from the deployment's own, the webhook's id and a generation: no table holds it.
"""

from __future__ import annotations

import base64
from datetime import datetime

from helpdesk.core import signing
from helpdesk.webhooks.model import Webhook


def secret_of(webhook: Webhook, generation: int) -> str:
    """`whsec_...`: 32 bytes that the integrator checks signatures with."""
    seed = f"{webhook.org_id}/{webhook.id}/{generation}".encode()
    return "whsec_" + base64.b64encode(signing.sign("webhook", seed, 32)).decode()


def signed_headers(webhook: Webhook, delivery_id: str, body: str, at: datetime) -> dict[str, str]:
    """The three headers; after a rotation the signature of the old secret stands beside the new one's for a day."""
    from standardwebhooks import Webhook as Signer

    signatures = [
        Signer(secret_of(webhook, generation)).sign(delivery_id, at, body) for generation in webhook.generations
    ]
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
