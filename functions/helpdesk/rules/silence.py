"""Why a rule may not write: to the customer, and to third parties on the side. One event leads to one mail each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from helpdesk.rules.scenes import Scene

ANSWERED = "another rule has already answered"
WRITTEN = "another rule has already written to them"
MACHINE = "a machine wrote it, and two machines would never stop"
_SIDE = "side_conversation.message_received"


@dataclass(frozen=True)
class Silence:
    """Why no reply and no mail on the side may go out, "" if one may; `written` are the marks of who has got one."""

    reply: str = ""
    side: str = ""
    written: frozenset[str] = frozenset()


NONE = Silence()


def silence_for(scene: Scene, known: Iterable[Mapping[str, Any]] = ()) -> Silence:
    """What keeps rules from writing on this command; `known` was decided on all that its root has led to."""
    known = list(known)
    answered = ANSWERED if any(row.get("replied") for row in known) else ""
    machine = MACHINE if scene.message and scene.message["message.automatic"] else ""
    by_side = any(event.type == _SIDE and event.data.get("automatic") for event in scene.events)
    written = frozenset(mark for row in known for mark in row.get("written", ()))
    return Silence(answered or machine, MACHINE if by_side else "", written)


def mark_of(org_id: str, address: str) -> str:
    """What stands for an address where the address itself shall not stand."""
    return sha256(f"{org_id} {address}".encode()).hexdigest()[:16]
