"""RT-03 to RT-05: the choice is pure, deterministic, within what people can take, and fair."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.routing.choice import cause_against, choose
from helpdesk.routing.model import MOST_NAMED, Candidate, Wish

SKILLS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(1, 5), max_size=3)
PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.uuids().map(str),
        state=st.sampled_from(["available", "available", "away", "offline"]),
        on_shift=st.booleans(),
        skills=SKILLS,
        languages=st.frozensets(st.sampled_from(["de", "de-AT", "en", "fr"])),
        load=st.integers(0, 6),
        capacity=st.integers(0, 6),
        assigned_at=st.sampled_from(["", "2026-01-01", "2026-01-02"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
WISHES = st.builds(
    Wish,
    team_id=st.just("T"),
    requires=SKILLS,
    language=st.none() | st.sampled_from(["de", "fr"]),
    language_rule=st.sampled_from(["ignore", "prefer", "require"]),
    weight=st.integers(0, 3),
    relaxed=st.sampled_from(["none", "levels", "skills"]),
)


@given(WISHES, PEOPLE, st.randoms())
def test_the_same_facts_give_the_same_choice_in_any_order(wish, people, random):
    mixed = list(people)
    random.shuffle(mixed)
    assert choose(wish, people) == choose(wish, mixed)


@given(WISHES, PEOPLE)
def test_who_is_chosen_could_take_it_and_nobody_else_had_to_be_left_out_for_him(wish, people):
    decision = choose(wish, people)
    able = [one.id for one in people if cause_against(wish, one, decision.relaxed) is None]
    assert {one.id for one in people} == {*able, *decision.left_out}
    if not decision.chosen:
        assert able == [] and decision.why
        return
    one = decision.chosen
    assert one.id in able
    assert one.state == "available" and one.on_shift and one.load + wish.weight <= one.capacity
    stricter = {"none": [], "levels": ["none"], "skills": ["none", "levels"]}[decision.relaxed]
    assert not [other for other in people for terms in stricter if cause_against(wish, other, terms) is None]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.integers(0, 40))
def test_equal_shares_stay_within_one_of_each_other(begun, tickets):
    least = min(begun)
    people = {str(at): Candidate(str(at), load=least, capacity=100) for at in range(len(begun))}
    for number in range(tickets):
        chosen = choose(Wish("T"), people.values()).chosen
        people[chosen.id] = replace(chosen, load=chosen.load + 1, assigned_at=f"{number:04}")
    loads = [one.load for one in people.values()]
    assert max(loads) - min(loads) <= 1


def test_a_decision_names_at_most_twenty_and_counts_all():
    people = [Candidate(f"p{number:02}", state="away") for number in range(30)]
    told = choose(Wish("T"), people).told(Wish("T"), "created")
    assert told["left_out"] == {"away": 30} and len(told["others"]) == MOST_NAMED
    assert (told["why"], told["chosen"]) == ("away", None)
    assert choose(Wish("T"), []).why == "no_members"
