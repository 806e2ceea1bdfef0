"""Each entry of the feed seals all before it: a hash over the entry and its forerunner's hash (DM-03, tamper-evident).

Whoever changes, removes or reorders an entry must change every later one and the head. A copy of the head's hash
kept elsewhere (a daily note, a mail to the auditor) makes that visible, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from helpdesk.core.events import Event
from helpdesk.core.items import Item


def seal(previous: str, entry: Item) -> str:
    """The hash of an entry: SHA-256 in hex over its forerunner's hash and its own canonical JSON, number included."""
    content = json.dumps(Event.from_item(entry).public(), sort_keys=True, ensure_ascii=False, default=list)
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def faults(entries: Iterable[Item], previous: str = "") -> Iterable[dict[str, Any]]:
    """`{seq, fault}` of each entry that is `missing`, or `changed` since it was sealed.

    A purged entry keeps its hash and no content; entries of a time before there were hashes are passed over.
    """
    expected = None
    for entry in entries:
        seq = entry["seq"]
        if expected is not None and seq != expected:
            yield {"seq": expected, "fault": "missing"}
        expected = seq + 1
        if "hash" not in entry:
            continue
        if not entry.get("purged") and entry["hash"] != seal(previous, entry):
            yield {"seq": seq, "fault": "changed"}
        previous = entry["hash"]
