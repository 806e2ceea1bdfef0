"""Who gets copies, and who asks: the verbs that change them. A removal sticks (TM-15): mail never undoes it."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.people.model import Person
from helpdesk.tickets.edit import Edit

MOST_COPIES = 50
MOST_FOLLOWERS = 100


def name_copies(edit: Edit, emails: Iterable[str]) -> None:
    """Make exactly these get copies: who is left out now stays out until an agent names him again."""
    wanted = tuple(dict.fromkeys(one for one in emails if one != edit.after.requester["email"]))
    if len(wanted) > MOST_COPIES:
        raise Invalid("too many copies", FieldError("/cc", "too_many", f"at most {MOST_COPIES} people get copies"))
    dropped = [one for one in edit.after.cc if one not in wanted]
    removed = tuple(one for one in dict.fromkeys([*edit.after.cc_removed, *dropped]) if one not in wanted)
    edit.record("ticket.cc_changed", cc=wanted, cc_removed=removed[-MOST_COPIES:])


def add_copy(edit: Edit, email: str) -> None:
    """Let somebody get copies, also one who was removed before."""
    name_copies(edit, [*edit.after.cc, email])


def remove_copy(edit: Edit, email: str) -> None:
    """Let somebody get no copies any more, whatever later mails say."""
    name_copies(edit, [one for one in edit.after.cc if one != email])


def join_copies(edit: Edit, emails: Iterable[str]) -> None:
    """Add those whom a mail names, but for the requester, who was removed, and beyond the bound (EM-43)."""
    kept_out = {edit.after.requester["email"], *edit.after.cc_removed}
    joined = dict.fromkeys([*edit.after.cc, *(one for one in emails if one not in kept_out)])
    edit.record("ticket.cc_changed", cc=tuple(joined)[: max(MOST_COPIES, len(edit.after.cc))])


def follow(edit: Edit, person_id: str) -> None:
    """Let a colleague hear of what happens here."""
    followers = tuple(dict.fromkeys([*edit.after.followers, person_id]))
    if len(followers) > MOST_FOLLOWERS:
        raise Conflict(f"a ticket has at most {MOST_FOLLOWERS} followers", code="too_many")
    edit.record("ticket.followers_changed", followers=followers)


def unfollow(edit: Edit, person_id: str) -> None:
    """End it; somebody who does not follow stays so."""
    edit.record("ticket.followers_changed", followers=tuple(one for one in edit.after.followers if one != person_id))


def ask_for(edit: Edit, person: Person, email: str) -> None:
    """Make somebody the requester, by an agent's explicit wish only; the ticket follows him to his company.

    Who asked before has no part in it any more, unless he gets copies.
    """
    edit.record(
        "ticket.requester_changed",
        requester=person.reached_at(email),
        company_id=person.company_id,
        cc=tuple(one for one in edit.after.cc if one not in person.emails),
    )
