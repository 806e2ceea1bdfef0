"""Undo and time travel, pure: whatever was done in whatever order (part 2, items 1, 2 and 4 of the research)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.core import clock
from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.settings.defaults import STATUSES
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import inverse, trash
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import FOLDED, Message, fold
from helpdesk.tickets.speaking import add_message
from helpdesk.tickets.times import times

settings.register_profile("undo", deadline=None)  # a busy machine is no fault
settings.load_profile("undo")
CAUSE = Cause("acme", {"kind": "agent", "id": "a", "ip": None}, "api", "c")
SAID = {"message_count", "has_attachments", "snippet", "last_message", "first_response_at", "answered_by"}
_tags = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3)
COMMANDS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from([status.id for status in STATUSES])),
    st.tuples(st.just("tag"), st.tuples(_tags, _tags)),
    st.tuples(st.just("fields"), st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from([1, 2, None]))),
    st.tuples(st.just("message"), st.sampled_from(["reply", "note", "customer"])),
    st.tuples(st.just("assign"), st.sampled_from([None, "x", "y"])),
    st.tuples(st.just("snooze"), st.sampled_from([None, "2030-01-01T00:00:00.000Z"])),
    st.tuples(st.just("trash"), st.booleans()),
    st.tuples(st.just("several"), st.sampled_from(["x", "y"])),
)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def _do(edit: Edit, name: str, value) -> None:
    match name:
        case "move":
            verbs.move_to(edit, value)
        case "tag":
            verbs.tag(edit, *value)
        case "fields":
            verbs.set_fields(edit, value)
        case "assign":
            edit.record("ticket.assigned", assignee_id=value)
        case "snooze":
            edit.record("ticket.snoozed" if value else "ticket.woken", snooze=value and {"until": value})
        case "trash":
            (trash.throw_away if value else trash.take_back)(edit)
        case "several":
            verbs.tag(edit, [value], [])
            edit.record("ticket.assigned", assignee_id=value)
            verbs.solve(edit)
            verbs.reopen(edit)
        case "message":
            message = Message(new_id(), value, {"kind": "agent", "id": "a", "name": "A"}, "w", "w", edit.at)
            add_message(edit, message)


class Lived:
    """A ticket to which commands are done, one a second, and what it was after each."""

    def __init__(self) -> None:
        self.events, self.states, self.at = [], [], BEGAN
        edit = Edit(None, replace(CAUSE, correlation_id="begin"), ticket_id=new_id())
        edit.at = clock.iso(self.at)
        values = {"number": 1, "status_id": "new", "category": "new", "subject": "s"}
        edit.record("ticket.created", status_changed_at=edit.at, created_at=edit.at, **values)
        self._keep(edit)

    def _keep(self, edit: Edit) -> None:
        self.events += edit.events
        self.states.append((self.at, edit.after))

    @property
    def now(self):
        return self.states[-1][1]

    def do(self, name: str, command) -> dict:
        """One command; gives what an undo finds changed, and keeps nothing then or when the command is refused."""
        self.at += timedelta(seconds=1)
        with patch.object(clock, "now", lambda: self.at):
            edit = Edit(self.now, replace(CAUSE, correlation_id=name))
            try:
                conflicts = command(edit) or {}
            except Conflict:
                return {"refused": True}
        if not conflicts:
            self._keep(edit)
        return conflicts

    def undo(self, of: str, name: str = "undo", force=()) -> dict:
        events = [event for event in self.events if event.correlation_id == of]
        return self.do(name, lambda edit: inverse.undo(edit, events, force))


def lived(commands) -> Lived:
    found = Lived()
    for index, (name, value) in enumerate(commands):
        found.do(f"c{index}", lambda edit, name=name, value=value: _do(edit, name, value))
    return found


def _facts(ticket, *without):
    return {name: getattr(ticket, name) for name in FOLDED if name not in SAID | set(without)}


@given(st.lists(COMMANDS, max_size=20), st.data())
def test_part2_2_the_state_at_any_time_is_the_one_recorded_live(commands, data):
    found = lived(commands)
    moment, state = data.draw(st.sampled_from(found.states))
    later = moment + timedelta(milliseconds=data.draw(st.integers(0, 999)))
    assert fold("acme", state.id, [event for event in found.events if event.at <= clock.iso(later)]) == state


@given(st.lists(COMMANDS, min_size=1, max_size=20))
def test_ei17_undo_of_the_last_command_is_the_state_before_it(commands):
    found = lived(commands)
    command = found.events[-1].correlation_id
    if command == "begin":
        return
    before = next(state for _, state in reversed(found.states) if state.version < found.now.version)
    after = found.now
    assert found.undo(command) == {}
    both_trashed = bool(before.trashed_at) == bool(found.now.trashed_at)
    assert both_trashed and _facts(found.now, "trashed_at") == _facts(before, "trashed_at")
    if found.events[-1].correlation_id == "undo":
        assert found.undo("undo", "redo") == {}
        assert _facts(found.now, "trashed_at") == _facts(after, "trashed_at")
    assert fold("acme", found.now.id, found.events) == found.now


@given(st.lists(COMMANDS, min_size=1, max_size=12), st.data())
@settings(max_examples=200)
def test_ei17_undo_of_any_command_is_the_state_without_it_where_nothing_stands_against(commands, data):
    """Commands on fields that nobody else has touched since; the others are named as conflicts, and nothing moves."""
    found = lived(commands)
    done = [event.correlation_id for event in found.events if event.correlation_id != "begin"]
    if not done:
        return
    chosen = data.draw(st.sampled_from(sorted(set(done))))
    touched = {name for event in found.events if event.correlation_id == chosen for name in event.changes}
    later = [
        event for event in found.events if event.correlation_id > chosen or len(event.correlation_id) > len(chosen)
    ]
    before = found.now
    conflicts = found.undo(chosen)
    if conflicts:
        assert found.now is before
        return
    if touched & {name for event in later for name in event.changes} - SAID:
        return  # tags, and values that came round: other tests
    others = [pair for index, pair in enumerate(commands) if f"c{index}" != chosen]
    untouched = set(FOLDED) - touched - SAID
    assert {name: getattr(found.now, name) for name in untouched} == {name: getattr(before, name) for name in untouched}
    first = next(event for event in found.events if event.correlation_id == chosen)
    earlier = fold("acme", before.id, found.events[: first.version - 1])
    restored = touched - SAID - {"trashed_at"}
    assert {name: getattr(found.now, name) for name in restored} == {name: getattr(earlier, name) for name in restored}
    assert len(others) == len(commands) - 1


@given(st.lists(COMMANDS, max_size=15), st.data())
def test_part2_4_restoration_to_any_time_is_the_state_then(commands, data):
    found = lived(commands)
    _, state = data.draw(st.sampled_from(found.states))
    later = [event for event in found.events if event.version > state.version]
    found.do("restoration", lambda edit: inverse.undo(edit, later, inverse.EVERYTHING))
    assert bool(found.now.trashed_at) == bool(state.trashed_at)
    assert _facts(found.now, "trashed_at") == _facts(state, "trashed_at")
    assert fold("acme", found.now.id, found.events) == found.now


@given(st.lists(COMMANDS, max_size=20))
def test_tm02_time_in_each_status_adds_up_to_the_age(commands):
    found = lived(commands)
    until = clock.iso(found.at + timedelta(seconds=3.5))
    spent = times(found.now, found.events, until)
    assert abs(sum(spent["by_status"].values()) - spent["age"]) < 0.01
    assert abs(sum(spent["by_category"].values()) - spent["age"]) < 0.01
    assert spent["moves"][-1]["to"] == found.now.status_id
    assert all(move["by"] == {"kind": "agent", "id": "a"} for move in spent["moves"])


def test_ei17_tags_are_undone_as_sets():
    found = lived([("tag", (["a", "b"], [])), ("tag", (["c"], ["a"]))])
    assert found.undo("c0") == {}
    assert found.now.tags == ("c",)
    assert found.undo("c1", "undo2") == {}
    assert found.now.tags == ("a",)


def test_ei17_what_others_changed_since_stands_against_an_undo_until_it_is_forced():
    found = lived([("several", "x"), ("assign", "y"), ("fields", {"x": 1}), ("fields", {"x": 2})])
    assert found.undo("c0") == {"assignee_id": {"was": None, "left": "x", "now": "y"}}
    assert found.undo("c2") == {"fields.x": {"was": None, "left": 1, "now": 2}}
    assert found.undo("c0", "forced", force={"assignee_id"}) == {}
    assert (found.now.assignee_id, found.now.tags, found.now.status_id) == (None, (), "new")
    assert found.undo("c2", "forced2", force={"fields"}) == {}
    assert found.now.fields == {}


def test_ei17_undo_restores_a_status_against_the_graph():
    found = lived([("move", "open"), ("move", "closed")])
    assert found.undo("c1") == {} and found.now.status_id == "open"
    assert found.undo("c0", "undo0") == {} and found.now.status_id == "new"
    assert [event.causation_id for event in found.events[-1:]] == [found.events[1].id]
