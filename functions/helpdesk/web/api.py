"""The route table of a feature: path, permission, body model and meaning on one line each."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core.errors import DeskError, Invalid, NotFound
from helpdesk.core.spent import spent
from helpdesk.web import actors, bodies, idempotency, limits, parameters
from helpdesk.web.call import Answer, Call
from helpdesk.web.client_ip import client_ip
from helpdesk.web.problems import problem, problem_of
from helpdesk.web.resolver import Resolver
from helpdesk.web.route import PUBLIC, SIGNED_IN, Deprecation, Route, Serve

__all__ = ["PUBLIC", "SIGNED_IN", "Api", "Deprecation", "Route"]

logger = Logger()


class Api:
    """The routes of one function, and its Lambda handler."""

    def __init__(self, door: str = "desk") -> None:
        self.door = door
        self.routes: list[Route] = []
        self._resolver = Resolver()
        self._resolver.not_found(self._not_found)

    def route(
        self,
        method: str,
        path: str,
        *,
        needs: str,
        takes: str | None = None,
        gives: str | None = None,
        status: int = 200,
        limit: str | None = None,
        deprecated: Deprecation | None = None,
    ) -> Callable[[Serve], Serve]:
        """Declare a route; `needs` is a permission, SIGNED_IN or PUBLIC.

        `limit` is the class of its rate limit: read and write by the method, or heavy.
        """

        def declare(serve: Serve) -> Serve:
            class_ = limit or ("read" if method == "GET" else "write")
            route = Route(method, path, needs, serve, takes, gives, status, class_, deprecated)
            self.routes.append(route)

            def call(**path_values: str) -> Response[Any]:
                return self._respond(route, path_values)

            rule = path.replace("{", "<").replace("}", ">")
            self._resolver.route(rule, method=[method])(call)
            return serve

        return declare

    def handler(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """The Lambda entry: an API Gateway HTTP API event of payload format 2.0."""
        return self._resolver.resolve(event, context)

    def _respond(self, route: Route, path_values: dict[str, str]) -> Response[Any]:
        event = dict(self._resolver.current_event.raw_event)
        started, before = time.perf_counter(), replace(spent)
        request_id = event["requestContext"].get("requestId", "")
        headers: dict[str, str] = {}
        actor_id, reader = "-", None
        try:
            call = self._call(route, event, path_values, request_id)
            reader = call.actor
            headers = limits.take_anonymous(call.ip) if route.needs == PUBLIC else limits.take(call.actor, route.limit)
            actor_id = call.actor.id
            answer = _answer(route, call, event)
        except DeskError as error:
            answer = problem_of(error, request_id, reader)
        except Exception:
            logger.exception("failed", route=route.path, request_id=request_id, actor=actor_id)
            answer = problem(500, "internal_error", "this is our fault and has been noted", request_id)
        total, tables = (time.perf_counter() - started) * 1000, (spent.seconds - before.seconds) * 1000
        logger.info(
            "served",
            route=f"{route.method} {route.path}",
            status=answer.status,
            milliseconds=round(total, 1),
            table_milliseconds=round(tables, 1),
            table_calls=spent.calls - before.calls,
            request_id=request_id,
            actor=actor_id,
        )
        headers |= route.deprecated.headers() if route.deprecated else {}
        headers["Server-Timing"] = f"total;dur={total:.1f}, tables;dur={tables:.1f}"
        return _response(answer, headers, request_id)

    def _call(self, route: Route, event: dict[str, Any], path_values: dict[str, str], request_id: str) -> Call:
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        if route.needs == PUBLIC:
            actor = Actor("system", "anonymous", "", frozenset())
        else:
            actor = actors.actor_of(event, headers, self.door, client_ip(event, headers))
        if route.needs not in (PUBLIC, SIGNED_IN):
            require(actor, route.needs)
        query = event.get("queryStringParameters") or {}
        parameters.check(route.asks, query)
        return Call(
            actor=actor,
            path=path_values,
            query=query,
            headers=headers,
            body={},
            ip=client_ip(event, headers),
            request_id=request_id,
            route=route.path,
        )

    def _not_found(self, _failure: Exception) -> Response[Any]:
        event = self._resolver.current_event.raw_event
        request_id = event["requestContext"].get("requestId", "")
        allowed = [one.method for one in self.routes if _fits(one.path, event["rawPath"])]
        error: DeskError = NotFound("there is nothing at this path")
        if allowed:
            error = Invalid("this path has other methods", code="method_not_allowed", allow=", ".join(allowed))
        return _response(problem_of(error, request_id), {}, request_id)


def _answer(route: Route, call: Call, event: dict[str, Any]) -> Answer:
    key = call.headers.get("idempotency-key")
    if not key or route.needs == PUBLIC or route.method not in ("POST", "PATCH"):
        return _served(route, replace(call, body=bodies.checked_body(event, call.headers, route.takes)))
    attempt = idempotency.begin(call.actor, key, route.method, event["rawPath"], bodies.raw_body(event))
    if attempt.answer:
        return attempt.answer
    answer = Answer(500)
    try:
        body = bodies.checked_body(event, call.headers, route.takes)
        answer = _served(route, replace(call, body=body, command_id=attempt.command_id, answer_key=attempt.pk))
    except DeskError as error:
        answer = problem_of(error, call.request_id, call.actor)
    finally:
        idempotency.finish(attempt, answer)
    return answer


def _served(route: Route, call: Call) -> Answer:
    """The answer of a route; a command's names the events that it made, so that it can be undone."""
    answer = route.serve(call)
    if route.method == "GET" or route.needs == PUBLIC:
        return answer
    return replace(answer, headers={"Correlation-Id": call.cause.correlation_id, **answer.headers})


def _response(answer: Answer, extra: dict[str, str], request_id: str) -> Response[Any]:
    headers = {"Cache-Control": "no-store", "X-Request-Id": request_id, **extra, **answer.headers}
    content_type = headers.pop("Content-Type", "application/json")
    body = (
        answer.body if content_type.startswith("text/") else json.dumps(answer.body, ensure_ascii=False, default=list)
    )
    return Response(
        answer.status,
        content_type if answer.body is not None else None,
        "" if answer.body is None else body,
        headers=dict(headers),
        cookies=list(answer.cookies) or None,  # type: ignore[arg-type]
    )


def _fits(pattern: str, path: str) -> bool:
    wanted, given = pattern.strip("/").split("/"), path.strip("/").split("/")
    return len(wanted) == len(given) and all(
        one.startswith("{") or one == two for one, two in zip(wanted, given, strict=True)
    )
