"""What each colleague has to do in one of the worlds, as the log goes on: his load, and the highest it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpdesk.tickets.load_store import Load
from helpdesk.tickets.model import Ticket


@dataclass
class Hand:
    """One colleague: active tickets by channel, and what he got in these days."""

    channels: Counter[str] = field(default_factory=Counter)
    assigned_at: str = ""
    got: set[str] = field(default_factory=set)  # tickets
    highest: int = 0  # points


class Ledger:
    """The loads of all, in points."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.weights, self.counting = weights, False
        self.hands: dict[str, Hand] = {}

    @property
    def receivers(self) -> set[str]:
        """Those who got anything."""
        return {person_id for person_id, hand in self.hands.items() if hand.got}

    def begin(self) -> None:
        """From now on what is given and how high loads are is counted."""
        self.counting = True
        for person_id, hand in self.hands.items():
            hand.highest = self.load(person_id).points(self.weights)

    def move(self, ticket: Ticket, before: str | None, after: str | None, at: str) -> None:
        """A ticket goes from one load to another."""
        if before == after:
            return
        if before:
            self.hand(before).channels[ticket.channel] -= 1
        if after:
            hand = self.hand(after)
            hand.channels[ticket.channel] += 1
            hand.assigned_at = at
            if self.counting:
                hand.got.add(ticket.id)
                hand.highest = max(hand.highest, self.load(after).points(self.weights))

    def hand(self, person_id: str) -> Hand:
        """What is known of a colleague."""
        return self.hands.setdefault(person_id, Hand())

    def load(self, person_id: str) -> Load:
        """His load as routing reads it."""
        hand = self.hand(person_id)
        return Load(hand.channels, assigned_at=hand.assigned_at)
