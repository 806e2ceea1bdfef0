"""What customers and colleagues of a seeded desk write, by language and topic."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ALL: dict[str, Any] = json.loads((Path(__file__).parent / "phrases.json").read_text())
LANGUAGES: dict[str, dict[str, Any]] = _ALL["languages"]
TOPICS: list[dict[str, Any]] = _ALL["topics"]
NOTES: list[str] = _ALL["notes"]
TEAMS = tuple(dict.fromkeys(topic["team"] for topic in TOPICS))


@dataclass(frozen=True)
class Story:
    """The words of one conversation."""

    subject: str
    opening: str
    answer: str
    follow_up: str
    thanks: str
    note: str
    tags: tuple[str, ...]
    team: str
    priority: str


def tell(language: str, rng: random.Random) -> Story:
    """A conversation in this language about one of the topics."""
    words = LANGUAGES[language]
    place = rng.randrange(len(TOPICS))
    topic = TOPICS[place]
    blanks = {"n": str(rng.randrange(10_000, 99_999)), "p": rng.choice(_ALL["products"])}
    return Story(
        subject=words["subjects"][place].format(**blanks),
        opening=words["openings"][place].format(**blanks),
        answer=words["answers"][place].format(**blanks),
        follow_up=rng.choice(words["follow_ups"]),
        thanks=rng.choice(words["thanks"]),
        note=rng.choice(NOTES),
        tags=tuple(topic["tags"]) + (("vip",) if rng.random() < 0.05 else ()),
        team=topic["team"],
        priority=topic["priority"] if rng.random() < 0.4 else "normal",
    )
