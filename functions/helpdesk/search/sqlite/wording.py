"""A person's words as FTS5 expressions: first all as they are, then with what they may have meant, then any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from helpdesk.filters.folding import words_of
from helpdesk.search.spelling import near

if TYPE_CHECKING:
    from sqlite3 import Connection

_QUOTED = re.compile(r'"([^"]*)"')
_MOST_WORDS = 12
_MOST_PARTS = 24
_MOST_NEAR = 6
_TOO_COMMON = 0.2  # of all documents: such a word alone finds nothing


@dataclass
class Wording:
    """The words of one question against one vocabulary (`words` of tickets or `names` of people)."""

    connection: Connection
    text: str
    vocabulary: str = "vocabulary"
    _known: dict[str, int] = field(default_factory=dict)

    @cached_property
    def units(self) -> list[str]:
        """Words and quoted phrases, each as the words in it."""
        quoted = [" ".join(words_of(phrase)) for phrase in _QUOTED.findall(self.text)]
        found = [*filter(None, quoted), *words_of(_QUOTED.sub(" ", self.text))]
        return list(dict.fromkeys(found))[:_MOST_WORDS]

    def stages(self) -> list[str]:
        """FTS expressions, each wider than the one before."""
        if not self.units:
            return []
        plain = [f"({_phrase(unit)})" for unit in self.units]
        wider = [self._alternatives(unit) for unit in self.units]
        told = [one for unit, one in zip(self.units, wider, strict=True) if not self._is_common(unit)]
        stages = [" AND ".join(plain), " AND ".join(wider), " OR ".join(told or wider)]
        return list(dict.fromkeys(stages))

    def meant(self, unit: str) -> list[str]:
        """Words that have this one in them; where there is none, those that look like it."""
        if " " in unit or len(unit) < 3:
            return []
        parts = self._having(unit) if len(unit) >= 4 else []
        return parts or ([] if self._begins(unit) else self._looking_like(unit))

    def _alternatives(self, unit: str) -> str:
        return f"({' OR '.join([_phrase(unit), *(_word(one) for one in self.meant(unit))])})"

    def _having(self, unit: str) -> list[str]:
        rows = self.connection.execute(
            "SELECT term FROM part WHERE term LIKE ? AND term NOT LIKE ? ORDER BY length(term) LIMIT ?",
            (f"%{unit}%", f"{unit}%", _MOST_PARTS),
        )
        return [row[0] for row in rows]

    def _looking_like(self, unit: str) -> list[str]:
        trigrams = " OR ".join(f'"{unit[place : place + 3]}"' for place in range(len(unit) - 2))
        rows = self.connection.execute(
            "SELECT term FROM part WHERE part MATCH ? AND rank MATCH 'bm25()' ORDER BY rank LIMIT 120", (trigrams,)
        )
        close = [one for row in rows if (one := near(unit, row[0]))]
        best = sorted(close, key=lambda one: (one[0], -self._frequency(one[1])))
        return [term for _, term in best][:_MOST_NEAR]

    def _begins(self, unit: str) -> bool:
        sql = f"SELECT 1 FROM {self.vocabulary} WHERE term >= ? AND term < ? LIMIT 1"
        return self.connection.execute(sql, (unit, f"{unit}\U0010ffff")).fetchone() is not None

    def _is_common(self, unit: str) -> bool:
        if " " in unit:
            return False
        total = self.connection.execute("SELECT count(*) FROM doc").fetchone()[0] if not self._known else 0
        most = self._known.setdefault("", int(max(total, 50) * _TOO_COMMON))
        return self._frequency(unit) > most

    def _frequency(self, word: str) -> int:
        if word not in self._known:
            sql = f"SELECT doc FROM {self.vocabulary} WHERE term = ?"
            row = self.connection.execute(sql, (word,)).fetchone()
            self._known[word] = row[0] if row else 0
        return self._known[word]


def _phrase(unit: str) -> str:
    """The unit as it is or begun; as it is counts twice."""
    return f'"{unit}" OR "{unit}" *'


def _word(word: str) -> str:
    return f'"{word}"'
