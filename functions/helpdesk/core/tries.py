"""Trying again when somebody else was quicker: after a pause that grows and differs from everybody's."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

_FIRST = 0.01  # seconds
_LONGEST = 0.5


def tries(most: int) -> Iterator[int]:
    """Count attempts from 0, with full jitter between them (AWS Builders' Library, "Timeouts, retries and backoff")."""
    for attempt in range(most):
        if attempt:
            time.sleep(random.uniform(0, min(_LONGEST, _FIRST * 2**attempt)))  # noqa: S311 - jitter, not a secret
        yield attempt
