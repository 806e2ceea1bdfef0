"""Shapes of rows over time: older ones are brought up on read, newer ones are carried along (DM-02).

To change a shape: raise SCHEMA, and enter under the *old* number what makes the next shape of it. Rows change when
they are next written, and `desk migrate` writes the rest in the background. A row of a later version than this one
is read as far as it is known; what is not known is kept in `beyond` and written back, so that a deployment that is
rolled back loses nothing of what its successor wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from helpdesk.core.items import KEYS

SCHEMA = 1
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTS: dict[str, dict[int, Upcast]] = {"ticket": {}, "message": {}}
_NOT_VALUES = KEYS | {"schema"}


def upcast(kind: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row in the present shape; one of the present or a later shape as it is."""
    version = int(row.get("schema", 1))
    while version < SCHEMA:
        if step := UPCASTS[kind].get(version):
            row = step(dict(row))
        version += 1
    return row


def unknown(row: Mapping[str, Any], model: type[Any]) -> dict[str, Any]:
    """What a newer version wrote and this one does not know, with the number of its shape.

    Keys of its indexes are left out: they follow from values, and the newer version's sweep makes them anew.
    """
    known = {one.name for one in fields(model)} | _NOT_VALUES
    found = {name: value for name, value in row.items() if name not in known and not name.endswith(("_pk", "_sk"))}
    return found | ({"schema": row["schema"]} if int(row.get("schema", 1)) > SCHEMA else {})
