"""Runs the functions: MiniStack posts every invocation here, gunicorn's prefork gives each one a process.

One event per process at a time, as in Lambda. The path names the handler (`/tickets.handler.handler`), the
body is the event, headers carry request id and deadline; the answer's body is the handler's result. Handlers
are imported in the workers at first use, so SIGHUP to the master (fresh workers) loads changed code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import aws_lambda_powertools.event_handler  # noqa: F401  (imported before the fork: shared memory)
import boto3
import pydantic

Handler = Callable[[Any, Any], Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]

MEMORY_MB = 1024
SHARED_BEFORE_FORK = (boto3, pydantic)


@dataclass(frozen=True)
class Context:
    """The second argument of a handler, with the names that Lambda's Python runtime uses."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    deadline_ms: int
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = MEMORY_MB
    log_group_name: str = "local"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the function would be ended."""
        return max(0, self.deadline_ms - int(time.time() * 1000))


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Invoke the handler that the path names; 500 with errorType and errorMessage when it raises."""
    event = json.loads(environ["wsgi.input"].read())
    context = _context(environ)
    os.environ["AWS_LAMBDA_FUNCTION_NAME"] = context.function_name
    try:
        result = _handler(environ["PATH_INFO"].strip("/"))(event, context)
        body = json.dumps(result).encode()
        failed = _is_failed_stream_batch(event, result)
    except Exception as failure:
        traceback.print_exc()
        body = json.dumps({"errorType": type(failure).__name__, "errorMessage": str(failure)}).encode()
        failed = True
    status = "500 Internal Server Error" if failed else "200 OK"
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _handler(path: str) -> Handler:
    module, _, name = path.rpartition(".")
    found: Handler = getattr(importlib.import_module(module), name)
    return found


def _context(environ: dict[str, Any]) -> Context:
    header = "HTTP_X_AMZN_LAMBDA_"
    return Context(
        function_name=environ.get(f"{header}FUNCTION_NAME", ""),
        invoked_function_arn=environ.get(f"{header}FUNCTION_ARN", ""),
        aws_request_id=environ.get(f"{header}REQUEST_ID", ""),
        deadline_ms=int(environ.get(f"{header}DEADLINE_MS", 0)),
    )


def _is_failed_stream_batch(event: Any, result: Any) -> bool:
    """MiniStack 1.5.33 drops `batchItemFailures` of a stream; failing the batch makes it send it again."""
    records = event.get("Records") or [{}]
    is_stream = records[0].get("eventSource") == "aws:dynamodb"
    return is_stream and isinstance(result, dict) and bool(result.get("batchItemFailures"))


gc.freeze()
