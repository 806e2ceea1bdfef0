"""Invariant 1: the snapshot is the fold of the events, whatever is done in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.settings.defaults import STATUSES
from helpdesk.tickets import edit as verbs
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, fold
from helpdesk.tickets.speaking import add_message

CAUSE = Cause("acme", {"kind": "agent", "id": "a", "ip": None}, "api", "c")
_words = st.text(max_size=8)
_tags = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3)
COMMANDS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from([status.id for status in STATUSES])),
    st.tuples(st.just("tag"), st.tuples(_tags, _tags)),
    st.tuples(st.just("message"), st.tuples(st.sampled_from(["reply", "note", "customer"]), st.booleans(), _words)),
    st.tuples(st.just("assign"), st.sampled_from([None, "x", "y"])),
    st.tuples(st.just("solve"), st.none()),
    st.tuples(st.just("reopen"), st.none()),
)


def _begin():
    edit = Edit(None, CAUSE, ticket_id=new_id())
    edit.record("ticket.created", number=1, status_id="new", category="new", subject="s", created_at=edit.at)
    return edit


def _do(edit, name, value):
    if name == "move":
        verbs.move_to(edit, value)
    elif name == "tag":
        verbs.tag(edit, *value)
    elif name == "assign":
        edit.record("ticket.assigned", assignee_id=value)
    elif name == "message":
        kind, counts, words = value
        message = Message(new_id(), kind, {"kind": "agent", "id": "a", "name": "A"}, words, words, edit.at)
        add_message(edit, message, counts=counts)
    else:
        getattr(verbs, name)(edit)


@given(st.lists(COMMANDS, max_size=30))
def test_the_snapshot_is_the_fold_of_its_events(commands):
    edit = _begin()
    for name, value in commands:
        try:
            _do(edit, name, value)
        except Conflict:
            continue
    assert fold("acme", edit.after.id, edit.events) == edit.after
    assert [event.version for event in edit.events] == list(range(1, len(edit.events) + 1))
    assert edit.after.version == len(edit.events)


@given(st.lists(COMMANDS, max_size=30))
def test_every_status_change_is_legal_and_dated(commands):
    """TM-04: no path, not even an automatic one, leaves the graph."""
    legal = {status.id: status.next for status in STATUSES}
    edit = _begin()
    for name, value in commands:
        try:
            _do(edit, name, value)
        except Conflict:
            continue
    moves = [event.changes["status_id"] for event in edit.events if "status_id" in event.changes][1:]
    assert all(move["to"] in legal[move["from"]] for move in moves)
    assert bool(edit.after.resolved_at) == (edit.after.category in ("solved", "closed"))


def test_automatic_mail_moves_nothing():
    """EM-13 of the research, pain point 13."""
    edit = _begin()
    author = {"kind": "contact", "id": "c", "name": "C"}
    add_message(edit, Message(new_id(), "customer", author, "help", "help", edit.at))
    verbs.move_to(edit, "solved")
    before = edit.after
    add_message(edit, Message(new_id(), "customer", author, "away", "away", edit.at), counts=False)
    assert edit.after.category == "solved"
    assert edit.after.last_message == before.last_message
    assert edit.after.message_count == before.message_count + 1
