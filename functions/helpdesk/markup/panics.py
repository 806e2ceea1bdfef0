"""Libraries in Rust that break down: their panic is a `BaseException` in Python, past every `except Exception`."""

from __future__ import annotations


def is_fault(failure: BaseException) -> bool:
    """Whether it is a library's fault, ordinary or a panic, and not the wish to stop."""
    return isinstance(failure, Exception) or type(failure).__name__ == "PanicException"
