"""MiniStack with repairs: `python -m infra.local.aws`. Each is for 1.5.33; the lock pins it.

1. It keeps queues by their URL, port included: after a restart on another port no event source finds its
   queue. The port in queue URLs is therefore always the usual one (boto3 does not connect to it).
2. It forgets the attributes of unchanged resources when it updates a nested stack, so that a `!GetAtt` on
   one fails ("Requested attribute Arn does not exist"). The top-level stack hands the old ones on; now
   nested ones do so too.
3. SES answers with an id that carries the domain of the Message-ID; AWS answers without it.
4. It remembers every event, mail and log line for ever; nobody reads them here (functions.log has the logs).
5. Tables: see `infra.local.table_engine`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ministack.app import main
from ministack.services import eventbridge, lambda_svc, ses, sqs
from ministack.services.cloudformation import _stacks, provisioners

from infra.local import table_engine

QUEUE_URL_PORT = "4566"
SES_DOMAIN = b"@email.amazonses.com</MessageId>"

_update_resource = provisioners._update_resource
_send_raw_email = ses._send_raw_email


def _update_keeping_attributes(
    resource_type: str,
    physical_id: str,
    old: dict[str, Any],
    new: dict[str, Any],
    stack_name: str,
    logical_id: str | None = None,
    old_attrs: dict[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    if old_attrs is None and stack_name in _stacks:
        old_attrs = _stacks[stack_name]["_resources"].get(logical_id, {}).get("Attributes")
    updated: tuple[str, dict[str, Any]] = _update_resource(
        resource_type, physical_id, old, new, stack_name, logical_id, old_attrs
    )
    return updated


def _send_with_plain_id(parameters: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = _send_raw_email(parameters)
    return status, headers, body.replace(SES_DOMAIN, b"</MessageId>")


sqs.DEFAULT_PORT = QUEUE_URL_PORT
sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{QUEUE_URL_PORT}"
provisioners._update_resource = _update_keeping_attributes
ses._send_raw_email = _send_with_plain_id
eventbridge._events_log_list = list
ses._sent_emails_list = list
lambda_svc._emit_lambda_logs = lambda *_arguments, **_options: None
table_engine.install(Path(os.environ["STATE_DIR"]) / "tables.sqlite")

if __name__ == "__main__":
    main()
