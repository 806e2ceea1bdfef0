"""When a delivery that failed is tried again: twelve tries over a day and more."""

from __future__ import annotations

import random

# Seconds before the second, third ... try. Together 27.7 hours; with jitter never less than 24.
WAITS = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 21_600, 25_200, 25_200)
TRIES = len(WAITS) + 1
_PROBES = WAITS[:4]  # between looks at an endpoint that is down: at most ten minutes
_JITTER = 0.1
MOST_ASKED = 3600  # seconds that an endpoint may ask us to wait (Retry-After)


def wait_after(tries: int, asked: int = 0) -> float | None:
    """Seconds to wait after so many tries; None when there were enough. `asked` is the endpoint's own wish."""
    if tries >= TRIES:
        return None
    return max(_about(WAITS[tries - 1]), min(asked, MOST_ASKED))


def probe_after(probes: int) -> float:
    """Seconds until we look again whether an endpoint that is down has come back."""
    return _about(_PROBES[min(probes, len(_PROBES) - 1)])


def _about(seconds: float) -> float:
    return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - jitter, not a secret
