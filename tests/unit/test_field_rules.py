"""Field values and rules as pure functions, over whatever Hypothesis makes up."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.filters.text import parse
from helpdesk.settings.fields.entering import entered, missing, with_defaults
from helpdesk.settings.fields.model import DESK, BadValue, Definition, Option, Validation, Viewer
from helpdesk.settings.fields.pattern_classes import BadPattern
from helpdesk.settings.fields.patterns import compiled, matches
from helpdesk.settings.fields.rules import Definitions, evaluate
from helpdesk.settings.fields.values import TYPES, normalised

OPTIONS = {id_: Option(id_, id_) for id_ in ("a", "b", "c")}
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
LIKELY = st.sampled_from(
    ["2026-02-30", "2026-11-20", "٢٠٢٦-11-20", "2026-11-20T09:00:00+14:00", "0001-01-01T00:00:00+14:00", "a@b.c",
     "https://Ex.test/ä?q=1", "http://[::1", "https://u:p@h", "javascript:alert(1)", "+49 30 90-1820", "0049 30 901820",
     "030 1", "a", ["a", "c", "a"], ["x"], 2**53, -0.0, 1e308, float("nan"), float("inf"), 3.0, True, "\ud800",
     "e\u0301", "\u202eevil", "a\u2028b", "𝒳" * 9, " ", "01ARZ3NDEKTSV4RRFFQ69G5FAV"],
)  # fmt: skip
VIEWERS = st.sampled_from([Viewer("agent", "agent"), Viewer("agent", "admin"), Viewer("contact"), Viewer("key", None)])
AUDIENCES = st.frozensets(st.sampled_from(["staff", "customer", "agent", "admin"]), min_size=1)


@pytest.mark.parametrize("type_", TYPES)
@given(value=JUNK | LIKELY)
@settings(max_examples=150)
def test_tm07_a_value_is_refused_in_words_or_kept_in_one_form(type_, value):
    """Whatever comes: no other exception; what is kept is kept as itself, fits JSON, and is no surrogate."""
    definition = Definition("f", "F", type_, options=OPTIONS if "select" in type_ or type_ == "tree" else {})
    try:
        once = normalised(definition, value)
    except BadValue as bad:
        assert bad.fault.code and bad.fault.message
        return
    assert normalised(definition, once) == once
    json.dumps(once, ensure_ascii=False, allow_nan=False).encode()


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_bounds_hold(low, high, value):
    definition = Definition("f", "F", "number", validation=Validation(min=low, max=high))
    try:
        assert low <= normalised(definition, value) <= high
    except BadValue:
        assert not low <= value <= high


ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", ".", r"\.", "x"])


@st.composite
def patterns(draw, depth=2):
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        atom = draw(ATOMS) if depth == 0 or draw(st.booleans()) else f"({draw(patterns(depth=depth - 1))})"
        parts.append(atom + draw(st.sampled_from(["", "", "?", "*", "+", "{2}", "{1,2}", "{1,}"])))
    return draw(st.sampled_from(["", "a|"])) + "".join(parts)


@given(patterns(), st.text("ab1.x", max_size=6))
@settings(max_examples=400)
def test_patterns_mean_what_they_mean_everywhere(pattern, text):
    """The oracle is Python's own `re`, on patterns and texts too small to take long."""
    try:
        fits = matches(pattern, text)
    except BadPattern as bad:
        assert "too large" in str(bad)
        return
    assert fits == bool(re.fullmatch(pattern, text, re.DOTALL))


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a*)*b", "a*a*a*a*a*a*b", "(a|aa)+b"])
def test_no_pattern_takes_long(pattern):
    began = time.process_time()
    assert not matches(pattern, "a" * 500)
    assert time.process_time() - began < 1


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_a_bad_one(text):
    try:
        compiled(text)
    except BadPattern as bad:
        assert str(bad)


@st.composite
def desks(draw):
    """Definitions whose conditions look at earlier ones only, so that none wait for each other."""
    made: dict[str, Definition] = {}
    for number in range(draw(st.integers(1, 6))):
        looks = draw(st.sampled_from([None, *made])) if made else None
        when = parse(f"fields.{looks}:a") if looks else draw(st.sampled_from([None, parse("category:solved")]))
        made[f"f{number}"] = Definition(
            f"f{number}", "F", "select",
            options=OPTIONS,
            default=draw(st.sampled_from([None, "a", "b"])),
            visible_when=when,
            required_when=draw(st.sampled_from([None, parse(""), parse("category:solved")])),
            visible_to=draw(AUDIENCES),
            read_only_to=draw(st.just(frozenset()) | AUDIENCES),
            archived=draw(st.sampled_from([False, False, True])),
        )  # fmt: skip
    return Definitions(made)


VALUES = st.dictionaries(st.sampled_from([f"f{n}" for n in range(7)]), st.sampled_from(["a", "b", None, "z", 1]))
FACTS = st.sampled_from([{"category": "new", "tag": ()}, {"category": "solved", "tag": ("x",)}])


@given(desks(), VIEWERS, FACTS, VALUES)
def test_tm08_hidden_is_never_required_and_asked_is_always_visible(known, viewer, facts, values):
    rules = evaluate(known, viewer, facts | {"fields": values})
    assert rules.required <= rules.visible
    assert not rules.required & rules.read_only
    assert set(rules.asked) <= rules.visible <= known.open_to(viewer)
    assert not rules.visible & known.hidden(facts | {"fields": values})
    assert not any(known.by_id[id_].archived for id_ in rules.asked)
    assert rules == evaluate(known, viewer, facts | {"fields": values})


@given(desks(), VIEWERS, FACTS, VALUES, VALUES)
def test_tm08_what_is_taken_was_visible_and_changeable(known, viewer, facts, before, given_values):
    values, faults = entered(known, viewer, facts | {"fields": before}, given_values)
    wrong = {fault.pointer for fault in faults}
    after = {**before, **values}
    rules = evaluate(known, viewer, facts | {"fields": {id_: one for id_, one in after.items() if one is not None}})
    for id_, value in values.items():
        if f"/fields/{id_}" in wrong or value == before.get(id_) or value is None:
            continue
        assert id_ in rules.visible and id_ not in rules.read_only
        assert value in OPTIONS
    assert {id_ for id_ in given_values if id_ not in values} <= {pointer.rpartition("/")[2] for pointer in wrong}


@given(desks(), FACTS, VALUES)
def test_defaults_fill_only_what_is_empty_and_visible(known, facts, given_values):
    filled = with_defaults(known, facts | {"fields": given_values})
    for id_, value in given_values.items():
        assert filled.get(id_) == value
    hidden = known.hidden(facts | {"fields": filled})
    assert not {id_ for id_ in filled if id_ not in given_values} & hidden


@given(desks(), FACTS, VALUES)
def test_the_desk_itself_sees_everything_and_a_form_narrows_what_is_missing(known, facts, values):
    seen = facts | {"fields": values}
    assert known.open_to(DESK) == set(known.by_id)
    all_missing = {fault.pointer for fault in missing(known, DESK, seen, None)}
    some = [id_ for id_ in known.by_id if int(id_[1:]) % 2]
    assert {fault.pointer for fault in missing(known, DESK, seen, some)} <= all_missing


def test_a_value_of_a_hidden_field_decides_nothing():
    first = Definition("a", "A", "select", options=OPTIONS, visible_when=parse("category:solved"))
    second = Definition("b", "B", "select", options=OPTIONS, visible_when=parse("fields.a:a"))
    third = replace(second, id="c", visible_when=parse("fields.b:none"))
    known = Definitions({one.id: one for one in (third, second, first)})
    facts = {"category": "new", "tag": (), "fields": {"a": "a", "b": "b"}}
    assert known.hidden(facts) == {"a", "b"}
    assert known.hidden(facts | {"category": "solved"}) == {"c"}
