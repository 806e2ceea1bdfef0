"""The `[...]` of a pattern: characters, ranges and short classes, or everything but these."""

from __future__ import annotations

from collections.abc import Callable

Test = Callable[[str], bool]
SHORT: dict[str, Test] = {
    "d": lambda char: "0" <= char <= "9",
    "w": lambda char: char.isalnum() or char == "_",
    "s": str.isspace,
}
ESCAPES = {"n": "\n", "t": "\t"}


class BadPattern(ValueError):
    """A pattern that is not understood; the text says why."""


def class_of(rest: str) -> tuple[Test, str]:
    """The test of a class, and what follows it; `rest` begins after the bracket. Raises `BadPattern`."""
    negated = rest.startswith("^")
    rest = rest[1:] if negated else rest
    tests: list[Test] = []
    while rest and (rest[0] != "]" or not tests):
        low, test, rest = _member(rest)
        if rest.startswith("-") and not rest.startswith("-]") and low is not None and len(rest) > 1:
            high, _, rest = _member(rest[1:])
            if high is None or high < low:
                raise BadPattern("a range in [...] runs from the lower character to the higher")
            test = _between(low, high)
        tests.append(test)
    if not rest:
        raise BadPattern("a [ without its ]")
    return (lambda char: any(test(char) for test in tests) is not negated), rest[1:]


def _member(rest: str) -> tuple[str | None, Test, str]:
    """`(character if it is a single one, test, rest)`."""
    char, rest = rest[0], rest[1:]
    if char != "\\":
        return char, char.__eq__, rest
    if not rest:
        raise BadPattern("a \\ at the end")
    escaped, rest = rest[0], rest[1:]
    if escaped.lower() in SHORT:
        short = SHORT[escaped.lower()]
        return None, short if escaped.islower() else lambda one: not short(one), rest
    plain = ESCAPES.get(escaped, escaped)
    return plain, plain.__eq__, rest


def _between(low: str, high: str) -> Test:
    return lambda char: low <= char <= high
