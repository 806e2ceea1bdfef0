"""Importing a file: what it would do, or doing it. A file with a fault is not imported at all.

Each row is a change as if made by hand, with its own event. A file that is imported again changes nothing, so one
whose time was too short, or whose request was lost, is simply imported again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import DeskError, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.imports import people, teams
from helpdesk.imports.model import CHANGED, CREATED, FAILED, NOT_REACHED, Check, Row, counted
from helpdesk.imports.sheet import Sheet

SECONDS = 20  # of writing; API Gateway ends a request after 30
Report = dict[str, Any]
logger = Logger()


def import_teams(actor: Actor, cause: Cause, text: str, check: Check, *, dry_run: bool) -> Report:
    """Make and change the teams of a file, or with `dry_run` tell what that would do.

    Raises
    ------
    Invalid
        for what is no such file; when it is to be done, also for each fault of it, as `/rows/<row>/<column>`.
    """
    forget()  # who imports sees what is stored, not what this container has kept of it
    sheet = teams.sheet_of(text)
    rows = teams.planned(actor.org_id, sheet, check)
    if not dry_run:
        _write(rows, *teams.writer(cause, _wanted(rows)))
    return _report(sheet, rows, dry_run=dry_run)


def import_people(
    actor: Actor, cause: Cause, text: str, check: Check, *, dry_run: bool, invite: bool = False
) -> Report:
    """Change the colleagues of a file, and with `invite` those who are not here yet are invited; raises as teams."""
    forget()
    sheet = people.sheet_of(text)
    rows = people.planned(actor, sheet, check, invite=invite)
    if not dry_run:
        _write(rows, *people.writer(actor, cause, _wanted(rows)))
    return _report(sheet, rows, dry_run=dry_run)


def _wanted(rows: list[Row]) -> list[Row]:
    """The rows that something is to be done of.

    Raises
    ------
    Invalid
        naming each fault, if there is one.
    """
    faults = [
        FieldError(f"/rows/{row.number}/{one.column}", one.code, one.message) for row in rows for one in row.faults
    ]
    if faults:
        raise Invalid("nothing was imported: some cells are not right", *faults)
    return [row for row in rows if row.outcome in (CREATED, CHANGED)]


def _write(rows: list[Row], ordered: list[Row], write: Callable[[Row], None]) -> None:
    more = clock.allowance(SECONDS)
    for row in ordered:
        if not more():
            row.outcome = NOT_REACHED
            continue
        try:
            write(row)
        except DeskError as error:
            row.outcome, row.reason = FAILED, error.detail
    logger.info("imported", rows=counted([row.shown() for row in rows]))


def _report(sheet: Sheet, rows: list[Row], *, dry_run: bool) -> Report:
    shown = [row.shown() for row in rows]
    columns = {"columns": list(sheet.columns), "ignored": list(sheet.ignored)}
    return {"dry_run": dry_run, **columns, "counts": counted(shown), "rows": shown}
