"""What the tables cost a request: the log and the Server-Timing header tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Spent:
    """DynamoDB calls of this process so far and the seconds they took: what a request adds is its share."""

    calls: int = 0
    seconds: float = 0.0


spent = Spent()
