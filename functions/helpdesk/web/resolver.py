"""Powertools' resolver for more than one request at a time."""

from __future__ import annotations

import threading
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2


class Resolver(APIGatewayHttpResolver):
    """Keeps the request for each thread, where Powertools keeps it at its class, so that none gets another's path.

    A container of AWS serves one request at a time; tests of what happens at once serve many in one process.
    """

    def __init__(self) -> None:
        self._of_thread = threading.local()
        super().__init__()

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """The answer of the route that fits the event, an API Gateway HTTP API event of payload format 2.0."""
        self._of_thread.event = APIGatewayProxyEventV2(event)
        return super().resolve(event, context)

    @property
    def current_event(self) -> APIGatewayProxyEventV2:  # type: ignore[override]
        """The request of this thread."""
        event: APIGatewayProxyEventV2 = self._of_thread.event
        return event

    @property
    def context(self) -> dict[str, Any]:
        """What Powertools found out about the request of this thread."""
        if not hasattr(self._of_thread, "context"):
            self._of_thread.context = {}
        found: dict[str, Any] = self._of_thread.context
        return found

    @context.setter
    def context(self, value: dict[str, Any]) -> None:
        self._of_thread.context = value
