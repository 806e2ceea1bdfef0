"""`desk purge verify`: proves by a scan of every store that nothing of a purged ticket is left."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from infra.commands.operator import Stack, enter, scanned

app = typer.Typer(no_args_is_help=True, help="Tickets that were erased for good.")
Words = Annotated[
    list[str], typer.Option("--word", help="A text that must be in no store; may be given several times.")
]
TABLES = ("tickets_table", "people_table", "settings_table", "deliveries_table", "idempotency_table")
BUCKETS = ("mail_bucket", "attachments_bucket", "archive_bucket", "search_bucket")
_EXPECTED = ("TOMBSTONE", "EVENT#")  # the tombstone, and the event that says that the ticket was purged


@app.command()
def verify(ticket: str, word: Words = [], stack: Stack = "") -> None:  # noqa: B006 - Typer copies it
    """Scan all tables and buckets, every version, for the ticket's id and for words of it; 1 if anything is found.

    What may stay: its tombstone, the event of its purge, entries of the feed without content, tickets linked to it
    and results of jobs, all of which know its id only.
    """
    enter(stack)
    from helpdesk.core.config import config

    found = leftovers(config().org_id, ticket, word)
    for place in found:
        typer.echo(place)
    typer.echo(f"{len(found)} places still hold something of {ticket}")
    if found:
        raise typer.Exit(1)


def leftovers(org_id: str, ticket_id: str, words: Sequence[str]) -> list[str]:
    """Every row and object, in every version, that holds one of the words, or the ticket's id where none may stand."""
    wanted = [word.encode() for word in words]
    return [*_rows(org_id, ticket_id, list(words)), *_objects(ticket_id.encode(), wanted)]


def _rows(org_id: str, ticket_id: str, words: list[str]) -> Iterator[str]:
    from helpdesk.core.config import config

    for table in TABLES:
        name = getattr(config(), table)
        for row in scanned(name):
            text = repr({name: _opened(value) for name, value in row.items()})
            if any(word in text for word in words) or (ticket_id in text and not _may_name(row, org_id, ticket_id)):
                yield f"{name} {row['pk']} {row['sk']}"


def _opened(value: Any) -> Any:
    """What a packed value holds."""
    return gzip.decompress(value).decode() if isinstance(value, bytes) and value[:2] == b"\x1f\x8b" else value


def _may_name(row: dict[str, Any], org_id: str, ticket_id: str) -> bool:
    """True for the few rows that may know the id of a purged ticket."""
    if row["pk"] == f"{org_id}#{ticket_id}":
        return str(row["sk"]).startswith(_EXPECTED) and str(row.get("type", "ticket.purged")) == "ticket.purged"
    if row["pk"].startswith(f"{org_id}#FEED#"):
        return bool(row["type"] == "ticket.purged" or row["subject"]["id"] != ticket_id)
    if row["pk"].startswith((f"{org_id}#WEBHOOK#", f"{org_id}#SEARCH")):
        return bool(row.get("type") == "ticket.purged" or "gone" in repr(row))
    if row["pk"] == f"{org_id}#NUMBERS#ERASED":
        return True  # how much was done about it, and nothing of what it said
    linked = row.get("linked_to") == ticket_id or row.get("type") == "ticket.created"
    return bool(linked) or row["pk"].startswith(f"{org_id}#JOB#")


def _objects(ticket_id: bytes, words: list[bytes]) -> Iterator[str]:
    from helpdesk.core.aws import client
    from helpdesk.core.config import config

    s3: Any = client("s3")
    for setting in BUCKETS:
        bucket = getattr(config(), setting)
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for one in page.get("Versions", ()):
                content = s3.get_object(Bucket=bucket, Key=one["Key"], VersionId=one["VersionId"])["Body"].read()
                content = gzip.decompress(content) if one["Key"].endswith(".gz") else content
                if ticket_id in one["Key"].encode() or any(word in content for word in words):
                    yield f"{bucket} {one['Key']} {one['VersionId']}"
