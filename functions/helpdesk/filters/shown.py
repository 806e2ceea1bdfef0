"""A kept filter as the API shows it."""

from __future__ import annotations

from typing import Any

from helpdesk.filters.documents import condition_from, to_json
from helpdesk.filters.text import to_text


def both_forms(document: Any) -> dict[str, Any]:
    """`{filter, filter_json}`: the text form and the JSON form of a stored condition."""
    condition = condition_from(document)
    return {"filter": to_text(condition), "filter_json": to_json(condition)}
