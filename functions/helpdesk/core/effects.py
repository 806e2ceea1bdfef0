"""What is to happen with a command's effect besides the change itself: a row of its own, or nothing but a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from helpdesk.core.actions import Put


@dataclass
class Effect:
    """Given with a command's cause, and told by the command what it does.

    `row` is written in the transaction of the effect, so that who finds it knows that the command was done; its
    condition must hold once only. A `rehearsal` commits nothing. `edits` is what the last try would commit: none
    when the command changes nothing.
    """

    row: Put | None = None
    rehearsal: bool = False
    edits: list[Any] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """True if the command changed, or would change, anything."""
        return bool(self.edits)
