"""Jobs for the outbound worker that no event stands for."""

from __future__ import annotations

import json
import math
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id


def again(body: str, seconds: float) -> None:
    """Put a job into the queue once more, to come after some seconds (SQS delays by at most 900)."""
    delay = min(900, max(1, math.ceil(seconds)))
    client("sqs").send_message(QueueUrl=config().outbound_queue_url, MessageBody=body, DelaySeconds=delay)


def ask_sign_in_link(org_id: str, email: str) -> None:
    """Queue a sign-in link for the owner of an address, known or not: the caller learns nothing either way."""
    job = {"kind": "sign_in_link", "org_id": org_id, "email": email, "id": new_id()}
    client("sqs").send_message(QueueUrl=config().outbound_queue_url, MessageBody=json.dumps(job))


def ask_template_test(cause: Cause, to: Actor, template: dict[str, Any]) -> None:
    """Queue a filled template for the address of whoever tries it."""
    job = {"kind": "template_test", "org_id": cause.org_id, "email": to.email, "name": to.name, "template": template}
    body = json.dumps(job | {"id": cause.command_id or new_id()})
    client("sqs").send_message(QueueUrl=config().outbound_queue_url, MessageBody=body)
