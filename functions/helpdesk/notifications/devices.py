"""Browsers that get push messages: each colleague's subscriptions, at most ten, the oldest giving way."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid, NotFound, Unavailable
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.notifications import own_store

MOST = 10
_TRIES = 8


def add_device(org_id: str, person_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Keep a subscription `{endpoint, keys: {p256dh, auth}, label?}` of a browser; one that is known is renewed.

    Raises
    ------
    Invalid
        for an endpoint that we may not call (see `webhooks.targets`), and keys that are none.
    """
    endpoint, keys = given["endpoint"], given["keys"]
    faults = [*_endpoint_faults(endpoint), *_key_faults(keys)]
    if faults:
        raise Invalid("this subscription is not right", *faults)
    device = {
        "id": hashlib.sha256(endpoint.encode()).hexdigest()[:26],
        "endpoint": endpoint,
        "p256dh": keys["p256dh"],
        "auth": keys["auth"],
        "label": given.get("label") or "",
        "created_at": clock.stamp(),
    }
    _change(org_id, person_id, lambda rows: [*(row for row in rows if row["id"] != device["id"]), device][-MOST:])
    return shown(device)


def remove_device(org_id: str, person_id: str, device_id: str) -> None:
    """Push no more to a browser; `NotFound` if it is not one of his."""
    if not forget_device(org_id, person_id, device_id):
        raise NotFound("there is no such subscription")


def forget_device(org_id: str, person_id: str, device_id: str) -> bool:
    """Remove a subscription if it is there; says whether it was."""
    found: list[bool] = []

    def without(rows: list[Item]) -> list[Item]:
        found[:] = [row["id"] == device_id for row in rows]
        return [row for row in rows if row["id"] != device_id]

    _change(org_id, person_id, without)
    return any(found)


def shown(device: Item) -> dict[str, Any]:
    """A subscription as its owner sees it: not its address, which is a secret between browser and desk."""
    host = device["endpoint"].partition("//")[2].partition("/")[0]
    return {"id": device["id"], "label": device["label"], "service": host, "created_at": device["created_at"]}


def _change(org_id: str, person_id: str, change: Any) -> None:
    for _ in tries(_TRIES):
        row = own_store.get_receivers(org_id, [person_id]).get(person_id, {}).get("PUSH", {})
        before = row.get("devices", [])
        after = change(list(before))
        if after == before:
            return
        try:
            own_store.put_own(org_id, person_id, "PUSH", {"devices": after}, row.get("version", 0))
        except ConditionFailed:
            continue
        return
    raise Unavailable("these subscriptions are being changed by too many at once; try again")


def _endpoint_faults(endpoint: str) -> list[FieldError]:
    from helpdesk.webhooks.targets import Refused, checked

    try:
        checked(endpoint)
    except Refused as refused:
        return [FieldError("/endpoint", refused.code, "this is not the address of a push service")]
    return []


def _key_faults(keys: dict[str, str]) -> list[FieldError]:
    sizes = {"p256dh": 65, "auth": 16}
    wrong = [name for name, size in sizes.items() if len(_decoded(keys[name])) != size]
    if not wrong and not _on_curve(_decoded(keys["p256dh"])):
        wrong = ["p256dh"]
    return [FieldError(f"/keys/{name}", "not_a_key", f"{sizes[name]} bytes in BASE64URL") for name in wrong]


def _on_curve(point: bytes) -> bool:
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
