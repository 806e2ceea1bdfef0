"""Tags: one form for what people write, and the registry of their colours and meanings."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind

TAG = Kind("tag", "tag", most=2000)
MOST_CHARS = 50
_BAD = re.compile(r"[\s,#]")


def normal_tag(text: str) -> str:
    """The one form of a tag: NFC, lower case, without what cannot be seen.

    Raises
    ------
    ValueError
        for an empty or too long one, and for one with spaces, commas or #.
    """
    visible = "".join(char for char in text.strip() if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    tag = unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).lower())
    if not 1 <= len(tag) <= MOST_CHARS or _BAD.search(tag):
        raise ValueError(f"a tag has 1 to {MOST_CHARS} characters, no spaces, commas or #")
    return tag


def tags(org_id: str) -> dict[str, Item]:
    """The registered tags by name."""
    return records.all_of(org_id, TAG)


def create_tag(cause: Cause, body: dict[str, Any]) -> Item:
    """Register a tag with its colour and meaning; tickets may carry it with or without."""
    values = {"hue": body.get("hue"), "description": body.get("description") or ""}
    return records.create(cause, TAG, values, id_=body["id"])


def change_tag(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a tag's colour or meaning; one that was only used so far is registered thereby."""
    default = {"id": id_, "hue": None, "description": "", "version": 0, "created_at": None, "position": 0}
    return records.change(cause, TAG, id_, changes, version, default)


def remove_tag(cause: Cause, id_: str, carried: int, version: int | None) -> None:
    """Take a tag out of the registry; `Conflict` `in_use` with `count` while tickets carry it."""
    if carried:
        raise Conflict(f"{carried} tickets carry this tag", code="in_use", count=carried)
    records.delete(cause, TAG, id_, version)
