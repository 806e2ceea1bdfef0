"""Items, ids, time, file names: the small things that everything stands on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core import clock, ids, items
from helpdesk.core.errors import Invalid
from helpdesk.people.model import name_from, normal_email
from helpdesk.tickets.attachments import safe_name

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(_values)
def test_items_come_back_as_they_went(value):
    assert items.load(items.dump(value)) == value


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(1, 10**9))
def test_ids_and_stamps_sort_by_time(at, step):
    first = at.replace(tzinfo=UTC)
    second = first + timedelta(milliseconds=step)
    assert ids.new_id(first) < ids.new_id(second)
    assert clock.iso(first) < clock.iso(second)
    assert ids.is_id(ids.new_id(first))


def test_derived_ids_are_the_same_for_the_same_seed():
    at = clock.now()
    assert ids.derived_id(at, "a", "b") == ids.derived_id(at, "a", "b") != ids.derived_id(at, "ab", "")


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        clock.parse("2026-11-20T10:00:00")


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("\r\nSet-Cookie: x.txt", "Set-Cookie: x.txt"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 130 + ".pdf"),
        ("Ärger 日本.pdf", "Ärger 日本.pdf"),
    ],
)
def test_file_names_are_made_safe(given_name, safe):
    assert safe_name(given_name) == safe


def test_addresses_have_one_form():
    assert normal_email(" Carla@Customer.TEST ") == "carla@customer.test"
    for wrong in ("", "carla", "a@b@c", "a b@c.test", "a@b.test\r\nBcc: x@y.test", "x" * 250 + "@y.test"):
        with pytest.raises(Invalid):
            normal_email(wrong)


def test_names_are_one_line_and_never_empty():
    assert name_from("Carla\r\nBcc: x", "c@d.test") == "Carla Bcc: x"
    assert name_from("  ", "carla@d.test") == "carla"
