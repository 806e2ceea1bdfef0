"""`desk mail`: send mail files to the desk and see what became of each; read the archive again."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from infra.commands.reparse import reparse
from infra.commands.smtp_send import Handed, hand_over
from infra.commands.target import Desk, Key, Origin, Smtp, desk

Files = Annotated[list[Path], typer.Argument(exists=True, help="Mail files, or directories of them.")]
Recipient = Annotated[str, typer.Option("--to", help="Address of the desk; default: the laptop stack's.")]
Deadline = Annotated[float, typer.Option(help="Seconds to wait for the outcomes.")]
Brief = Annotated[bool, typer.Option("--brief", help="Print the counts only.")]

NOT_MAIL = re.compile(r"\.|LICEN[CS]E|README|.*\.(md|txt|json)$")
Ledger = dict[str, dict[str, Any]]


class _OrSend(TyperGroup):
    """`desk mail FILES` is `desk mail send FILES`: what is no command is a file or an option of sending."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        sends = bool(args) and args[0] not in self.commands and args[0] != "--help"
        return super().parse_args(ctx, ["send", *args] if sends else args)


app = typer.Typer(help="Mail to the desk, and its archive.", no_args_is_help=True, cls=_OrSend)
app.command()(reparse)


@app.command("send")
def mail(
    files: Files,
    to: Recipient = "",
    deadline: Deadline = 120,
    brief: Brief = False,
    smtp: Smtp = "",
    origin: Origin = "",
    key: Key = "",
) -> None:
    """Send mail files to the desk by SMTP and print the outcome of each; 1 if any is unaccounted for."""
    target = desk(origin, key, smtp)
    paths = _mail_files(files)
    start = _newest(target)
    handed = list(hand_over(paths, target.smtp, to or target.support_address))
    found = _wait_for(target, {it.ses_id for it in handed if it.ses_id}, start, deadline)
    if not brief:
        Console().print(_table(handed, found))
    counts = Counter(_outcome(it, found) for it in handed)
    typer.echo(f"{len(handed)} mails: " + ", ".join(f"{count} {name}" for name, count in counts.most_common()))
    if counts["unaccounted"]:
        raise typer.Exit(1)


def _mail_files(given: list[Path]) -> list[Path]:
    found = [path for it in given for path in (sorted(it.rglob("*")) if it.is_dir() else [it])]
    return [path for path in found if path in given or (path.is_file() and not NOT_MAIL.match(path.name))]


def _newest(target: Desk) -> str:
    """The id of the last row of the ledger, from which on we read."""
    last = ""
    for row in target.pages("/v1/mail", limit=100):
        last = row["id"]
    return last


def _wait_for(target: Desk, wanted: set[str], start: str, deadline: float) -> Ledger:
    """Rows of the ledger by SES's id of the mail, until all are there or the time is up."""
    end = time.monotonic() + deadline
    found: Ledger = {}
    while wanted - set(found) and time.monotonic() < end:
        rows = target.pages("/v1/mail", limit=100, after=start)
        found = {row["ses_id"]: row for row in rows if row["ses_id"] in wanted}
        time.sleep(0.2)
    return found


def _outcome(handed: Handed, found: Ledger) -> str:
    if handed.ses_id is None:
        return "refused" if handed.answer[:1] == "5" else "unaccounted"
    row = found.get(handed.ses_id)
    return row["outcome"] if row else "unaccounted"


def _table(handed: list[Handed], found: Ledger) -> Table:
    table = Table("file", "outcome", "ticket or cause")
    for it in handed:
        row = found.get(it.ses_id, {}) if it.ses_id else {}
        detail = row.get("ticket_id") or row.get("cause") or ("" if it.ses_id else it.answer)
        table.add_row("/".join(it.path.parts[-2:]), _outcome(it, found), detail)
    return table
