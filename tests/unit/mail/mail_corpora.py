"""Where mail that nobody here wrote lies; tests that need it skip, with the reason, where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"no corpora at {CORPORA}")


def mails(folder: str = "mime") -> list[Path]:
    return sorted((CORPORA / folder).rglob("*.eml"))
