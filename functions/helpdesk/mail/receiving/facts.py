"""What a mail holds beyond its words, as the message keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from helpdesk.mail.model import ParsedMail

MOST_DEFECTS = 20


def facts_of(mail: ParsedMail, file_ids: Mapping[str, str]) -> dict[str, Any]:
    """Values of a `Message`: invites, signed, report and defects. `file_ids`: SHA-256 -> id of what is kept of it."""
    return {
        "invites": tuple(_invite(asdict(one), file_ids) for one in mail.invites),
        "signed": asdict(mail.signed) if mail.signed else None,
        "report": _plain(asdict(mail.report)) if mail.report else None,
        "defects": mail.defects[:MOST_DEFECTS],
    }


def _invite(values: dict[str, Any], file_ids: Mapping[str, str]) -> dict[str, Any]:
    file_id = file_ids.get(values.pop("sha256"))
    return _plain(values) | {"attachment_id": file_id}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
