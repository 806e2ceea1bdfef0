"""The ledger of received mail: every raw object ends as exactly one row with one outcome (invariant 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, ConditionFailed, Put, get, query, query_all, write
from helpdesk.mail.model import ParsedMail, QuarantineCause

OUTCOMES = ("message", "duplicate", "own_loop", "quarantine")


@dataclass(frozen=True)
class Received:
    """What became of one raw mail; `id` follows from its object's key, so a retry writes the same row."""

    id: str
    org_id: str
    received_at: str
    object_key: str
    outcome: str
    envelope_from: str | None = None
    recipients: tuple[str, ...] = ()
    sender: str | None = None
    subject: str = ""
    message_id: str | None = None
    cause: str | None = None
    reason: str | None = None
    ticket_id: str | None = None
    ticket_message_id: str | None = None
    size: int = 0
    defects: tuple[str, ...] = ()
    verdicts: dict[str, str] = field(default_factory=dict)
    parser_version: int = 0
    rejected: bool = False
    purged: bool = False


def recording(row: Received, *, released: bool = False) -> Put:
    """The write that enters the row, once; `released` replaces one that stands in quarantine."""
    item = asdict(row) | {"pk": f"{row.org_id}#MAIL", "sk": row.id}
    if row.outcome == "quarantine" and not row.rejected:
        item |= {"s_pk": f"{row.org_id}#MAIL#quarantine", "s_sk": row.id}
    if released:
        values = {":quarantine": "quarantine"}
        return Put(config().deliveries_table, item, "outcome = :quarantine", values=values)
    return Put(config().deliveries_table, item, NEW)


def find(org_id: str, mail_id: str) -> Received | None:
    """The row of one mail, or None."""
    item = get(config().deliveries_table, f"{org_id}#MAIL", mail_id)
    return _received(item) if item else None


def list_received(
    org_id: str, *, after: str | None, outcome: str | None, limit: int, cause: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """Rows in the order of arrival after a mail's id, and the id to go on from, None at the end.

    The quarantine has its own index; for another outcome, or for one cause, a page may hold fewer rows than asked for.
    """
    for name, value, known in (("outcome", outcome, OUTCOMES), ("cause", cause, tuple(QuarantineCause))):
        if value not in (*known, None):
            fault = FieldError(f"/{name}", "unknown", f"one of {', '.join(known)}")
            raise Invalid(f"there is no such {name}", fault, malformed=True)
    held = outcome == "quarantine" or (cause is not None and outcome is None)
    page = query(
        config().deliveries_table,
        f"{org_id}#MAIL#quarantine" if held else f"{org_id}#MAIL",
        index="by_status" if held else None,
        key_names=("s_pk", "s_sk") if held else ("pk", "sk"),
        between=(after or "0", "Z"),
        limit=limit + 1 + bool(after),
    )
    rows = [item for item in page.items if item["id"] != after]
    shown = rows[:limit]
    last = shown[-1]["id"] if shown and (len(rows) > limit or page.next_key) else None
    fitting = (one for one in shown if outcome in (None, one["outcome"]) and cause in (None, one.get("cause")))
    return [public(_received(item)) for item in fitting], last


def walk(org_id: str, since: datetime) -> Iterator[Received]:
    """Every row from an instant on, in the order of arrival."""
    first = new_id(since)[:10]  # a ULID begins with its time
    for item in query_all(config().deliveries_table, f"{org_id}#MAIL", between=(first, "Z")):
        yield _received(item)


def reread(row: Received, mail: ParsedMail) -> Received:
    """The row as a newer parser's reading leaves it."""
    return replace(row, defects=mail.defects[:20], parser_version=mail.parser_version)


def replacing(row: Received) -> Put:
    """The write that changes a row, if its mail has still the same fate."""
    item = asdict(row) | {"pk": f"{row.org_id}#MAIL", "sk": row.id}
    return Put(config().deliveries_table, item, "outcome = :outcome", values={":outcome": row.outcome})


def known(org_id: str, mail_id: str) -> Received:
    """One mail's row, or NotFound."""
    row = find(org_id, mail_id)
    if not row:
        raise NotFound("there is no such mail")
    return row


def reject(org_id: str, mail_id: str) -> dict[str, Any]:
    """Take a mail out of the quarantine's list; it is kept, and can still be released."""
    row = known(org_id, mail_id)
    if row.outcome != "quarantine":
        raise Conflict("this mail is not in quarantine", code="not_quarantined")
    rejected = Received(**asdict(row) | {"rejected": True})
    try:
        write(recording(rejected, released=True))
    except ConditionFailed as failure:
        raise Conflict("this mail has just been released", code="not_quarantined") from failure
    return public(rejected)


def purge(org_id: str, mail_id: str) -> None:
    """Erase a raw mail in every version, and from its row what it said and from whom; that it came stays known."""
    row = find(org_id, mail_id)
    if not row or row.purged:
        return
    blobs.erase(config().mail_bucket, row.object_key)
    kept = ("id", "org_id", "received_at", "object_key", "outcome", "parser_version")
    purged = Received(**{name: getattr(row, name) for name in kept}, purged=True)
    write(Put(config().deliveries_table, asdict(purged) | {"pk": f"{org_id}#MAIL", "sk": mail_id}))


def raw_link(org_id: str, mail_id: str) -> str:
    """A five-minute link to the mail as it came.

    Raises
    ------
    NotFound
        for one whose ticket was purged.
    Conflict
        `virus`: what SES found a virus in is never served (EM-51).
    """
    row = known(org_id, mail_id)
    if row.purged:
        raise NotFound("this mail has been erased with its ticket")
    if row.verdicts.get("virus") == "FAIL":
        raise Conflict("this mail has a virus in it", code="virus")
    return blobs.download_link(
        config().mail_bucket,
        row.object_key,
        filename=f"{mail_id}.eml",
        content_type="message/rfc822",
        inline=False,
    )


def public(row: Received) -> dict[str, Any]:
    """The row as the API shows it."""
    shown = asdict(row)
    for name in ("org_id", "object_key"):
        del shown[name]
    return shown | {"from": shown.pop("sender"), "ses_id": row.object_key.rpartition("/")[2]}


def _received(item: Item) -> Received:
    values = {name: item[name] for name in Received.__dataclass_fields__ if name in item}
    return Received(**values | {name: tuple(values.get(name, ())) for name in ("recipients", "defects")})
