"""What one mail may cost at most: an honest one never meets these bounds (EM-56)."""

from __future__ import annotations

import time

LARGEST = 40 * 1024 * 1024
"""Bytes of a mail that are parsed: what SES receives at most (Amazon SES quotas, "Maximum message size")."""

SECONDS = 20.0
MOST_PARTS = 1_000
DEEPEST = 50
MOST_LINKS = 5_000
LONGEST_BODY = 5_000_000
"""Characters of a body that are shown; all of it stays in the raw mail."""


class OutOfBoundsError(Exception):
    """The mail has more parts, levels or headers than any honest one, or has taken too long; `code` says which."""

    def __init__(self, code: str = "out_of_bounds") -> None:
        super().__init__(code)
        self.code = code


class Budget:
    """The parts and the time that one mail has left, also inside what is unpacked from it."""

    def __init__(self) -> None:
        self._parts = MOST_PARTS + 1  # the mail itself is one
        self._until = time.monotonic() + SECONDS

    def take_part(self) -> None:
        """Count one more part; OutOfBoundsError when there are too many or the time is up."""
        self._parts -= 1
        if self._parts < 0:
            raise OutOfBoundsError
        self.check_time()

    def check_time(self) -> None:
        """OutOfBoundsError (`out_of_time`) when the time is up."""
        if time.monotonic() > self._until:
            raise OutOfBoundsError("out_of_time")
