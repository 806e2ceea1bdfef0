"""A draft is checked as saving it would: the same faults, below the name that it has in the question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from helpdesk.core.errors import Invalid


@contextmanager
def faults_below(pointer: str) -> Iterator[None]:
    """Put what is wrong with a draft below a pointer such as `/rule`; its code and kind stay what saving says."""
    try:
        yield
    except Invalid as failure:
        faults = (replace(one, pointer=f"{pointer}{one.pointer}") for one in failure.errors)
        raise Invalid(str(failure), *faults, code=failure.code, malformed=failure.malformed) from None
