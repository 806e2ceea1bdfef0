"""How far two words are from each other."""

from __future__ import annotations


def near(wanted: str, found: str) -> tuple[int, str] | None:
    """`(distance, found)` if a slip of the fingers lies between: one for short words, two from eight letters on.

    The beginning of a longer word counts as the word, so that a word misspelt while being typed is found.
    """
    most = 1 if len(wanted) < 8 else 2
    best = distance(wanted, found, most)
    if best > most and len(found) > len(wanted):
        best = min(distance(wanted, found[: len(wanted) + step], most) for step in (-1, 0, 1))
    return (best, found) if best <= most else None


def distance(one: str, two: str, most: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words; more than `most` is `most + 1`.

    Optimal string alignment (Damerau-Levenshtein without editing a part twice).
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(two) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(two, 1):
            cost = left != right
            value = min(last[column] + 1, current[-1] + 1, last[column - 1] + cost)
            if row > 1 and column > 1 and left == two[column - 2] and one[row - 2] == right:
                value = min(value, before[column - 2] + 1)
            current.append(value)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return last[-1]
