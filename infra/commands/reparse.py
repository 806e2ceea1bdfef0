"""`desk mail reparse`: the raw archive read by the present parser; what would differ, and taking it over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from infra.commands.operator import Stack, enter

if TYPE_CHECKING:
    from helpdesk.mail.receiving.reparse import Reading

Since = Annotated[datetime, typer.Option(help="Mail that came from this day on (UTC).", formats=["%Y-%m-%d"])]
Apply = Annotated[bool, typer.Option("--apply", help="Take over what differs; without it nothing is written.")]
_LONGEST = 60


def reparse(since: Since, apply: Apply = False, stack: Stack = "") -> None:
    """Read every mail of the archive again and print, mail by mail, what the present parser makes of it otherwise."""
    enter(stack)
    for line in report(since.replace(tzinfo=UTC), apply=apply):
        typer.echo(line)


def report(since: datetime, *, apply: bool) -> Iterator[str]:
    """The lines that the command prints; what differs is taken over as they come."""
    from helpdesk.core.config import config
    from helpdesk.mail.model import PARSER_VERSION
    from helpdesk.mail.receiving.reparse import readings, take_over

    read = differ = understood = 0
    counts: Counter[str] = Counter()
    for reading in readings(config().org_id, since):
        read, differ, understood = read + 1, differ + bool(reading.differs), understood + reading.parses
        counts.update(reading.differs)
        yield from _lines(reading)
        if apply:
            take_over(reading)
    said = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    yield f"{read} mails read by parser {PARSER_VERSION}, {differ} differ{': ' if said else ''}{said}"
    if understood:
        yield f"{understood} in quarantine would be understood now: release them to make messages of them"
    if differ:
        yield "taken over" if apply else "nothing was written; --apply takes it over"


def _lines(reading: Reading) -> list[str]:
    """One line for a mail that differs, and below it the values that can be told in one line."""
    row = reading.row
    if reading.parses:
        return [f"{row.id} quarantine ({row.cause}): is understood now"]
    if not reading.differs:
        return []
    lines = [f"{row.id} ticket {row.ticket_id}: {', '.join(reading.differs)}"]
    for name in ("subject", "automatic", "defects"):
        if name in reading.differs:
            lines.append(f"    {name}: {_told(reading.before, name)} -> {_told(reading.after, name)}")
    for name, said in (("body_text", "text"), ("attachments", "attachments")):
        if said in reading.differs:
            before, after = getattr(reading.before, name), getattr(reading.after, name)
            unit = "characters" if said == "text" else "files"
            lines.append(f"    {said}: {len(before)} -> {len(after)} {unit}")
    return lines


def _told(message: object, name: str) -> str:
    value = getattr(message, name)
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return f"{text[:_LONGEST]}..." if len(text) > _LONGEST else text or "none"
