"""What the canned desk says of a file: as many rows as it has, each as its words ask for."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

Row = dict[str, Any]
_OUTCOMES = ("created", "changed", "left", "fault", "failed", "not_reached")


class CannedImports:
    """Reports by the words of the file; `refusal` is what it answers once instead."""

    def __init__(self) -> None:
        self.refusal: tuple[int, Any] | None = None

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any] | None:
        """The report on a file; None for all else."""
        if not path.startswith("/imports/") or method != "POST":
            return None
        refused, self.refusal = self.refusal, None
        if refused:
            return refused
        dry, invite = query.get("dry_run") == "1", query.get("invite") == "1"
        lines = b64decode(body["csv_base64"]).decode().split()[1:]
        rows = [_row(number, line.split(",")[0], dry=dry, invite=invite) for number, line in enumerate(lines, 2)]
        counts = {name: sum(row["outcome"] == name for row in rows) for name in _OUTCOMES}
        return 200, {"dry_run": dry, "columns": ["email"], "ignored": ["Unit"], "counts": counts, "rows": rows}


def _row(number: int, key: str, *, dry: bool, invite: bool) -> Row:
    row: Row = {"row": number, "key": key, "outcome": "left", "reason": None, "changes": {}, "faults": []}
    if key.startswith("wrong"):
        fault = {"column": "skills", "code": "less_than_equal", "message": "Input should be less than or equal to 5"}
        return row | {"outcome": "fault", "faults": [fault]}
    if key.startswith("new") and not invite:
        fault = {"column": "email", "code": "unknown", "message": "nobody here has this address"}
        return row | {"outcome": "fault", "faults": [fault]}
    if key.startswith("new"):
        return row | {"outcome": "created", "changes": {"teams": {"from": "", "to": "Support"}}}
    if key.startswith("late") and not dry:
        return row | {"outcome": "failed", "reason": "this person has changed meanwhile"}
    if key.startswith(("sam", "late")):
        skills = {"from": "Billing:1", "to": "Billing:1;Soldering:3"}
        return row | {"outcome": "changed", "changes": {"skills": skills, "capacity": {"from": "12", "to": ""}}}
    return row
