"""`Idempotency-Key` on POST and PATCH: the same key and body give the same answer and one effect (API-14).

The answer is kept for a day. A function killed between effect and answer leaves its lease; the retry
that comes after the lease runs under the same command id, and `tickets.once` keeps the effect single.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.ids import new_id
from helpdesk.core.table import NEW, ConditionFailed, Put, Update, write
from helpdesk.web.call import Answer

KEPT = 24 * 3600  # seconds
LEASE = 30  # seconds: the longest that API Gateway lets a request run
MOST_KEY = 255
_TICKET = re.compile(r"/v1/(?:portal/)?tickets/([^/]{1,60})")
_MOST_BODY = 300_000  # bytes; DynamoDB's item limit is 400 kB


@dataclass(frozen=True)
class Attempt:
    """One run under a key; `answer` is set when it was answered before."""

    pk: str
    command_id: str
    path: str
    answer: Answer | None = None


def begin(actor: Actor, key: str, method: str, path: str, body: str) -> Attempt:
    """Take the key for this request, or give the answer that it had.

    Raises
    ------
    Invalid
        `idempotency_mismatch` when the key came with another request before.
    Conflict
        `in_flight` while its twin runs.
    """
    if len(key) > MOST_KEY:
        fault = FieldError("/headers/Idempotency-Key", "too_long", f"at most {MOST_KEY} characters")
        raise Invalid("the Idempotency-Key is too long", fault, malformed=True)
    digest = hashlib.sha256(key.encode()).hexdigest()
    pk = f"{actor.org_id}#IDEMPOTENT#{actor.kind}#{actor.id}#{digest}"
    request = hashlib.sha256("\n".join((method, path, body)).encode()).hexdigest()
    now = clock.epoch(clock.now())
    row = {
        "pk": pk,
        "sk": "ANSWER",
        "request": request,
        "command_id": new_id(),
        "lease_until": now + LEASE,
        "expires_at": now + KEPT,
    }
    try:
        write(Put(config().idempotency_table, row, f"{NEW} OR expires_at <= :now", values={":now": now}))
    except ConditionFailed as failure:
        return _again(failure.item or {}, row, path)
    return Attempt(pk, str(row["command_id"]), path)


def finish(attempt: Attempt, answer: Answer) -> None:
    """Keep the answer; after a fault of ours the key is given back, so that a retry runs at once.

    So it is after a preview, which has no effect. A ticket's answers are noted by its id, for a purge to find them.
    """
    body = json.dumps(answer.body, default=list)
    if answer.status >= 500 or answer.status == 429 or len(body) > _MOST_BODY or not answer.effect:
        _set(attempt, "SET lease_until = :zero", {":zero": 0})
        return
    for name in _tickets_of(attempt.path, answer.body):
        row = {"pk": f"{attempt.pk.partition('#')[0]}#ANSWERS#{name}", "sk": attempt.pk}
        write(Put(config().idempotency_table, row | {"expires_at": clock.epoch(clock.now()) + KEPT}))
    kept = {"status": answer.status, "body": body, "headers": answer.headers, "cookies": list(answer.cookies)}
    _set(attempt, "SET answer = :answer", {":answer": kept})


def _again(found: dict[str, Any], row: dict[str, Any], path: str) -> Attempt:
    if found["request"] != row["request"]:
        fault = FieldError("/headers/Idempotency-Key", "used", "this key came with another request")
        raise Invalid("this Idempotency-Key came with another request", fault, code="idempotency_mismatch")
    if kept := found.get("answer"):
        answer = Answer(
            kept["status"],
            json.loads(kept["body"]),
            kept["headers"] | {"Idempotency-Replayed": "true"},
            tuple(kept["cookies"]),
        )
        return Attempt(found["pk"], found["command_id"], path, answer)
    if found["lease_until"] > row["lease_until"] - LEASE:
        raise Conflict("a request with this Idempotency-Key is running", code="in_flight", retry_after=LEASE)
    taken = found | {"lease_until": row["lease_until"]}
    try:
        write(
            Put(
                config().idempotency_table,
                taken,
                "lease_until = :old",
                values={":old": found["lease_until"]},
            )
        )
    except ConditionFailed:
        raise Conflict("a request with this Idempotency-Key is running", code="in_flight", retry_after=LEASE) from None
    return Attempt(found["pk"], found["command_id"], path)


def _tickets_of(path: str, body: Any) -> list[str]:
    """The tickets, by id or number, whose words an answer may hold: the path's, and one that it shows."""
    found = _TICKET.match(path)
    names = [found[1]] if found else []
    shown = [body, body.get("current"), body.get("ticket")] if isinstance(body, dict) else []
    names += [one["id"] for one in shown if isinstance(one, dict) and "id" in one and "number" in one]
    return list(dict.fromkeys(names))


def _set(attempt: Attempt, expression: str, values: dict[str, Any]) -> None:
    write(Update(config().idempotency_table, attempt.pk, "ANSWER", expression, values=values))
