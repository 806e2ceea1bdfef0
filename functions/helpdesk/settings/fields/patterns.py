"""Patterns that an administrator gives a text field, matched in time that grows with the text alone.

Python's `re` goes back and forth: `(a+)+$` takes minutes for thirty letters, and a pattern comes from a tenant.
This keeps to what HTML's `pattern` is used for (literals, classes, groups, `|`, `? * + {m,n}`) and walks all ways at
once (Thompson, "Regular expression search algorithm", CACM 1968); no back-references, no look-around.
"""

from __future__ import annotations

from functools import lru_cache

from helpdesk.settings.fields.pattern_classes import ESCAPES, SHORT, BadPattern, Test, class_of

MOST_STATES = 300
MOST_CHARS = 500  # of a value that is matched
MOST_NESTING = 20
_QUANTIFIERS = {"?": (0, 1), "*": (0, None), "+": (1, None)}


def matches(pattern: str, text: str) -> bool:
    """True if the whole text fits the pattern; raises `BadPattern`."""
    return compiled(pattern).fits(text)


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Machine:
    """The machine of a pattern.

    Raises
    ------
    BadPattern
        for what this grammar does not have, and for a pattern of more than 300 states.
    """
    reader = _Reader(pattern.removeprefix("^").removesuffix("$") if not pattern.endswith("\\$") else pattern)
    end = reader.alternatives(0)
    if reader.rest:
        raise BadPattern("a ) without its (")
    return Machine(reader.steps, reader.jumps, end)


class Machine:
    """States 0.. with steps over one character and jumps over none."""

    def __init__(self, steps: list[tuple[Test, int] | None], jumps: list[list[int]], end: int) -> None:
        self._steps, self._jumps, self._end = steps, jumps, end

    def fits(self, text: str) -> bool:
        """True if the whole text leads from the first state to the last."""
        there = self._reached({0})
        for char in text:
            taken = (self._steps[state] for state in there)
            there = self._reached({step[1] for step in taken if step and step[0](char)})
        return self._end in there

    def _reached(self, states: set[int]) -> set[int]:
        waiting = list(states)
        while waiting:
            fresh = set(self._jumps[waiting.pop()]) - states
            states |= fresh
            waiting += fresh
        return states


class _Reader:
    """Recursive descent; each method adds states after `start` and gives the state that it ends in."""

    def __init__(self, text: str) -> None:
        self.rest, self.depth = text, 0
        self.steps: list[tuple[Test, int] | None] = []
        self.jumps: list[list[int]] = []
        self.state()

    def state(self) -> int:
        if len(self.steps) >= MOST_STATES:
            raise BadPattern(f"the pattern is too large: at most {MOST_STATES} steps")
        self.steps.append(None)
        self.jumps.append([])
        return len(self.steps) - 1

    def take(self) -> str:
        char, self.rest = self.rest[0], self.rest[1:]
        return char

    def alternatives(self, start: int) -> int:
        ends = []
        while True:
            first = self.state()
            self.jumps[start].append(first)
            ends.append(self.sequence(first))
            if not self.rest.startswith("|"):
                break
            self.take()
        end = self.state()
        for one in ends:
            self.jumps[one].append(end)
        return end

    def sequence(self, start: int) -> int:
        while self.rest and self.rest[0] not in "|)":
            start = self.repeated(start)
        return start

    def repeated(self, start: int) -> int:
        """An atom and its quantifier; a counted one is written out, so that states bound the work."""
        before = self.rest
        end = self.atom(start)
        atom = before[: len(before) - len(self.rest)]
        least, most = self.quantifier()
        if (least, most) == (1, 1):
            return end
        self.steps[start], self.jumps[start] = None, []  # begin again, as often as it says
        after, there = self.rest, start
        for _ in range(least):
            there = self.copy(atom, there)
        if most is None:
            loop = self.state()
            self.jumps[there].append(loop)
            self.jumps[self.copy(atom, loop)].append(loop)
            there = self.state()
            self.jumps[loop].append(there)
        else:
            end = self.state()
            for _ in range(most - least):
                self.jumps[there].append(end)
                there = self.copy(atom, there)
            self.jumps[there].append(end)
            there = end
        self.rest = after
        return there

    def copy(self, atom: str, start: int) -> int:
        first = self.state()
        self.jumps[start].append(first)
        self.rest = atom
        return self.atom(first)

    def quantifier(self) -> tuple[int, int | None]:
        if not self.rest or self.rest[0] not in "?*+{":
            return 1, 1
        char = self.take()
        if char != "{":
            least, most = _QUANTIFIERS[char]
        else:
            inside, closed, self.rest = self.rest.partition("}")
            low, comma, high = inside.partition(",")
            if not closed or not low.isdecimal() or not (high.isdecimal() or not high) or len(inside) > 7:
                raise BadPattern("a { is followed by one or two numbers and }; write \\{ for the character")
            least, most = int(low), int(high) if high else None if comma else int(low)
            if most is not None and most < least:
                raise BadPattern("a range runs from the lower number to the higher")
        if self.rest and self.rest[0] in "?*+{":
            raise BadPattern("one quantifier at a time")
        return least, most

    def atom(self, start: int) -> int:
        char = self.take()
        if char == "(":
            if self.rest.startswith("?") and not self.rest.startswith("?:"):
                raise BadPattern("look-around and named groups are not supported")
            self.rest, self.depth = self.rest.removeprefix("?:"), self.depth + 1
            if self.depth > MOST_NESTING:
                raise BadPattern(f"groups are at most {MOST_NESTING} deep")
            end = self.alternatives(start)
            self.depth -= 1
            if not self.rest.startswith(")"):
                raise BadPattern("a ( without its )")
            self.take()
            return end
        if char in "?*+{}^$":
            raise BadPattern(f"{char} means nothing here; write \\{char} for the character")
        end = self.state()
        self.steps[start] = (self.test(char), end)
        return end

    def test(self, char: str) -> Test:
        if char == ".":
            return lambda _char: True
        if char == "[":
            return self.character_class()
        return self.escaped() if char == "\\" else char.__eq__

    def escaped(self) -> Test:
        if not self.rest:
            raise BadPattern("a \\ at the end")
        char = self.take()
        if char.lower() in SHORT:
            test = SHORT[char.lower()]
            return test if char.islower() else lambda one: not test(one)
        if char.isalnum() and char not in ESCAPES:
            raise BadPattern(f"\\{char} is not supported")
        return ESCAPES.get(char, char).__eq__

    def character_class(self) -> Test:
        inside, self.rest = class_of(self.rest)
        return inside
