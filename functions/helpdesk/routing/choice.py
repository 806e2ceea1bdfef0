"""Who gets a ticket: a pure and deterministic function of what it asks and of what the team's members are like now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpdesk.routing.model import CAUSES, RELAXED, Candidate, Decision, Wish


def choose(wish: Wish, candidates: Iterable[Candidate]) -> Decision:
    """The best member that fits, under the strictest terms that anybody fits.

    Who fits is ordered by: speaks the language, had the ticket last, has the smallest share of his capacity in use,
    has waited longest for a ticket, and at last by id.
    """
    known = sorted(candidates, key=lambda one: one.id)
    for relaxed in RELAXED[: RELAXED.index(wish.relaxed) + 1]:
        left_out = {one.id: cause for one in known if (cause := cause_against(wish, one, relaxed))}
        fitting = [one for one in known if one.id not in left_out]
        if fitting:
            ranked = sorted(fitting, key=lambda one: _rank(wish, one))
            return Decision(ranked[0], _why(wish, ranked), relaxed, _speaks_if_asked(wish, ranked[0]), left_out)
    return Decision(None, _reason(left_out.values()), relaxed, None, left_out)


def cause_against(wish: Wish, one: Candidate, relaxed: str) -> str | None:
    """The first cause for which somebody cannot take the ticket; None for one who can."""
    if one.id in wish.given_back:
        return "gave_back"
    if one.state != "available":
        return one.state
    if not one.on_shift:
        return "off_shift"
    if relaxed != "skills" and not set(wish.requires) <= set(one.skills):
        return "lacks_skill"
    if relaxed == "none" and any(one.skills[skill] < level for skill, level in wish.requires.items()):
        return "lacks_level"
    if wish.language and wish.language_rule == "require" and not speaks(one, wish.language):
        return "lacks_language"
    if one.load + wish.weight > one.capacity or not one.capacity:
        return "full"
    return None


def speaks(one: Candidate, language: str) -> bool:
    """Whether somebody answers in a language, of whatever country."""
    return primary(language) in {primary(own) for own in one.languages}


def primary(language: str) -> str:
    """The language of a tag without its script and country (BCP 47): `pt` of `pt-BR`."""
    return language.partition("-")[0].lower()


def _rank(wish: Wish, one: Candidate) -> tuple[object, ...]:
    foreign = wish.language_rule == "prefer" and wish.language is not None and not speaks(one, wish.language)
    return (foreign, one.id != wish.last_owner, one.share, one.assigned_at, one.id)


def _why(wish: Wish, ranked: Sequence[Candidate]) -> str:
    first = ranked[0]
    if first.id == wish.last_owner:
        return "last_owner"
    if len(ranked) == 1:
        return "only_one"
    return "least_loaded" if first.share < ranked[1].share else "longest_idle"


def _speaks_if_asked(wish: Wish, chosen: Candidate) -> bool | None:
    if wish.language_rule == "ignore" or not wish.language:
        return None
    return speaks(chosen, wish.language)


def _reason(causes: Iterable[str]) -> str:
    """What kept out those who came furthest: the way to help is nearest there."""
    return max(causes, key=CAUSES.index, default="no_members")
