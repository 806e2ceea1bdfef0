"""Notices by web push: encrypted for the browser (RFC 8291), signed by us (VAPID, RFC 8292), posted as webhooks are.

A push service cannot be asked whether it has a message. One that is posted again after a kill has the same topic and
tag: it takes the place of the first, waiting or shown.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from helpdesk.core import clock, signing
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import Item
from helpdesk.notifications.letters import Told, language_of, nameless, names_of, sentence
from helpdesk.notifications.model import State
from helpdesk.notifications.receivers import Known

_HOURS = 12  # that a push service keeps a message for a device that is off, and that our signature holds
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_MORE = {"en": "{count} notices", "de": "{count} Mitteilungen"}
_TICKET = {"en": "Ticket #{number}", "de": "Ticket Nr. {number}"}
_GONE = (404, 410)


def post(org_id: str, parcel: Item, one: Known, told: list[Told]) -> State:
    """Push notices to every browser of a colleague; a browser that is gone is forgotten.

    Raises
    ------
    Unavailable
        when a push service did not take it, and none of his browsers has it.
    """
    from helpdesk.notifications import devices
    from helpdesk.webhooks.posting import post as send

    message = json.dumps(_message(org_id, parcel, one, told), ensure_ascii=False).encode()
    answers = []
    for device in one.devices:
        endpoint = device["endpoint"]
        body, headers = _sealed(message, device), _headers(endpoint, parcel["id"])
        outcome = send(endpoint, body, headers)
        answers.append(outcome.http_status)
        if outcome.http_status in _GONE:
            devices.forget_device(org_id, one.person.id, device["id"])
    if any(status and 200 <= status < 300 for status in answers):
        return State("sent", clock.stamp())
    if all(status in _GONE for status in answers):
        return State("suppressed", clock.stamp(), "no_device")
    raise Unavailable("no push service took it")


def public_key() -> str:
    """The key by which browsers subscribe to us, BASE64URL of its uncompressed point."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _base64(point)


def _message(org_id: str, parcel: Item, one: Known, told: list[Told]) -> dict[str, Any]:
    """What the browser shows; of what may come from a note only the number and what kind it is."""
    language = language_of(one.person.locale)
    tag = {"tag": parcel["id"]}
    if len(told) > 1:
        title = _MORE[language].format(count=len(told))
        numbers = dict.fromkeys(f"#{each.ticket.number}" for each in told)
        return {"title": title, "body": ", ".join(numbers), "url": "/agent/notices", **tag}
    (only,) = told
    number = only.ticket.number
    title = _TICKET[language].format(number=number) if only.private else only.heading
    words = nameless(only, language) if only.private else sentence(only, language, names_of(org_id, told))
    return {"title": title, "body": words, "url": f"/agent/tickets/{number}", **tag}


def _sealed(message: bytes, device: Item) -> bytes:
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    sealed: bytes = http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(device["p256dh"]),
        auth_secret=_bytes(device["auth"]),
        version="aes128gcm",
    )
    return sealed


def _headers(endpoint: str, topic: str) -> dict[str, str]:
    return {
        "Authorization": f"vapid t={_token(endpoint)}, k={public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_HOURS * 3600),
        "Topic": topic,
        "Urgency": "normal",
    }


def _token(endpoint: str) -> str:
    from joserfc import jwt
    from joserfc.jwk import ECKey

    parts = urlsplit(endpoint)
    key = ECKey.import_key(_pem())
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": clock.epoch(clock.now()) + _HOURS * 3600,
        "sub": f"mailto:{config().support_address}",
    }
    return jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, key)


@cache
def _private_key() -> Any:
    """Derived from the deployment's secret as all our keys are: nothing more to make, keep, or hand out."""
    from cryptography.hazmat.primitives.asymmetric import ec

    number = int.from_bytes(signing.key("vapid")) % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _pem() -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem: bytes = _private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
