"""What is on its way to one person by one channel: posted, tried again while the other side does not answer, settled.

A parcel holds one notice that goes at once, or all that waited for the same person and channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from aws_lambda_powertools import Logger

from helpdesk.core import clock
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import Item
from helpdesk.notifications import mailing, push, store
from helpdesk.notifications.inbox import is_read
from helpdesk.notifications.letters import Told
from helpdesk.notifications.model import State
from helpdesk.notifications.receivers import Known, known
from helpdesk.notifications.wishes import still_broken
from helpdesk.tickets import store as tickets
from helpdesk.tickets.model import Ticket

logger = Logger()
MOST_TRIES = 8  # 1, 2, 4 ... 64 minutes after each other: two hours in all, longer than a mail's grace
_POSTS: Mapping[str, Callable[[str, Item, Known, list[Told]], State]] = {"mail": mailing.post, "push": push.post}


def post(org_id: str, parcel: Item) -> None:
    """Post a parcel and note what became of its notices; one that cannot be posted now is tried again by the clock.

    What the receiver may no longer see, has read meanwhile, or is over, is left out, and its notice says so.
    """
    person_id = parcel["person_id"]
    notices = store.get_notices(org_id, person_id, parcel["ids"])
    about = tickets.get_tickets(org_id, dict.fromkeys(row["ticket_id"] for row in notices))
    one = known(org_id, [person_id]).get(person_id)
    read_at = "" if _not_waited(parcel, notices) else store.all_read_at(org_id, person_id)
    states = {row["id"]: why for row in notices if (why := _left_out(row, one, about.get(row["ticket_id"]), read_at))}
    told = [Told(row, about[row["ticket_id"]]) for row in notices if row["id"] not in states]
    if told and one:
        state = _posted(org_id, parcel, one, told)
        if not state:
            store.postpone(org_id, parcel, clock.now() + timedelta(minutes=2 ** parcel["tries"]))
            return
        states |= {each.notice["id"]: state for each in told}
    store.settle(org_id, parcel, states)


def _posted(org_id: str, parcel: Item, one: Known, told: list[Told]) -> State | None:
    """What became of it; None if it is to be tried again. One that cannot be posted at all stops no other."""
    try:
        return _POSTS[parcel["channel"]](org_id, parcel, one, told)
    except Unavailable as later:
        logger.info("comes again", parcel=parcel["id"], channel=parcel["channel"], reason=later.detail)
    except Exception:
        logger.exception("failed", parcel=parcel["id"], channel=parcel["channel"])
    return None if parcel["tries"] + 1 < MOST_TRIES else State("failed", clock.stamp(), "not_taken")


def _not_waited(parcel: Item, notices: list[Item]) -> bool:
    """True for one notice that goes as soon as it was told: nobody has read it, and nothing is over by then."""
    return len(notices) == 1 and notices[0]["channels"][parcel["channel"]]["state"] == "sending"


def _left_out(notice: Item, one: Known | None, ticket: Ticket | None, read_at: str) -> State | None:
    at = clock.stamp()
    if not one or one.person.disabled:
        return State("suppressed", at, "disabled")
    if not ticket or not one.sees(ticket):
        return State("suppressed", at, "not_in_sight")
    if is_read(notice, read_at):
        return State("suppressed", at, "read")
    if notice["kind"] == "sla_breached" and not still_broken(ticket, notice["target"]):
        return State("suppressed", at, "over")
    return None
