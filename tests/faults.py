"""A worker that dies at its n-th AWS call: before the call works, or after it has worked but before the answer."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any

import botocore.client

POLLING = {"ReceiveMessage", "DescribeStream", "GetShardIterator", "GetRecords"}  # AWS's calls for the worker, not his


class Killed(BaseException):
    """As SIGKILL: nothing in the code under test may catch it."""


class Death:
    """Dies at call number `call` (from 0) made inside its `with` block, and swallows the death at its end."""

    def __init__(self, call: int, *, after: bool) -> None:
        self.call, self.after, self.died = call, after, False
        self.made: list[str] = []

    def __enter__(self) -> Death:
        client: Any = botocore.client.BaseClient
        self._original = original = client._make_api_call
        death = self

        def count(self: Any, operation: str, params: Any) -> Any:
            if death.died:
                raise Killed("the dead make no calls")
            if operation in POLLING:
                return original(self, operation, params)
            death.made.append(operation)
            if len(death.made) - 1 != death.call:
                return original(self, operation, params)
            if death.after:
                original(self, operation, params)
            death.died = True
            raise Killed(operation)

        client._make_api_call = count
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> bool:
        client: Any = botocore.client.BaseClient
        client._make_api_call = self._original
        return kind is Killed

    def __repr__(self) -> str:
        return f"killed {'after' if self.after else 'before'} call {self.call} of {self.made}"


def deaths(most: int = 90) -> Iterator[Death]:
    """A death before and after each call that the work makes; the last of each kind lives."""
    for after in (False, True):
        for call in range(most):
            death = Death(call, after=after)
            yield death
            if not death.died:
                break
        else:
            raise AssertionError(f"the work makes more than {most} calls")
