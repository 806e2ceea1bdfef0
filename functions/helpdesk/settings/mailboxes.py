"""The desk's own addresses: where mail comes in, what a ticket from there begins with, and where answers go out from.

A desk that was set up before mailboxes were records has those of its organisation's row, until they are changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from helpdesk.core.cache import remember
from helpdesk.core.email_address import normalise
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import store
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.kept import Kept

KIND = Kind("mailbox", "mailbox", most=200)
MAIN = "main"  # the id of the one that set-up makes


@dataclass(frozen=True)
class Mailbox:
    """An inbound address with its other names; `sender` says whose the mail is: its From or its Reply-To (web forms).

    `name` stands in the From of answers, "" is the organisation's.
    """

    id: str
    address: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    team_id: str | None = None
    topic_id: str | None = None
    locale: str | None = None
    acknowledge: bool = True
    signature_html: str = ""
    sender: str = "from"
    position: int = 0
    archived: bool = False
    version: int = 0
    created_at: str | None = None
    updated_at: str | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """All its names, the one that it answers from first."""
        return (self.address, *self.aliases)


_NAMES = {one.name for one in fields(Mailbox)}


@remember(seconds=30)
def organisation_row(org_id: str) -> Item:
    """The organisation's own row; NotFound before set-up."""
    row = store.get_setting(org_id, "org", "org")
    if not row:
        raise NotFound("this organisation has not been set up; run `desk setup`")
    return row


@remember(seconds=30)
def mailboxes(org_id: str) -> dict[str, Mailbox]:
    """The mailboxes by id, in order, archived ones too; the first in use is the main one."""
    return {id_: _mailbox(row) for id_, row in kept.all_of(org_id, _kept(org_id)).items()}


def main_mailbox(org_id: str) -> Mailbox:
    """The one that answers where no other is named."""
    return next(one for one in mailboxes(org_id).values() if not one.archived)


def mailbox_of(org_id: str, id_: str | None) -> Mailbox:
    """The mailbox that a ticket's answers go out from: its own while that is in use, else the main one."""
    found = mailboxes(org_id).get(id_ or "")
    return found if found and not found.archived else main_mailbox(org_id)


def own_addresses(org_id: str) -> tuple[str, ...]:
    """Every address that was ever ours, the main one first: nothing is sent to them, nobody is taken for a customer."""
    found = [main_mailbox(org_id).address]
    for one in mailboxes(org_id).values():
        found += one.addresses
    return tuple(dict.fromkeys(found))


def create_mailbox(cause: Cause, body: dict[str, Any]) -> Mailbox:
    """Add a mailbox.

    Raises
    ------
    Invalid
        naming each address that is none or another mailbox's, and a team or topic that is not there.
    """
    values = _clean(body)
    _check(cause.org_id, None, values)
    empty = {name: value for name, value in vars(Mailbox("", "")).items() if name not in ("id", "position", "version")}
    plain = empty | {"aliases": []} | values
    return _mailbox(kept.create(cause, _kept(cause.org_id), plain))


def change_mailbox(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Mailbox:
    """Change a mailbox, or bring an archived one back; raises as `create_mailbox`."""
    before = kept.get(cause.org_id, _kept(cause.org_id), id_)
    values = _clean(changes)
    _check(cause.org_id, id_, {name: before.get(name) for name in ("address", "aliases")} | values)
    return _mailbox(kept.change(cause, _kept(cause.org_id), id_, values, version))


def remove_mailbox(cause: Cause, id_: str, version: int | None) -> None:
    """Take a mailbox out of use: its tickets are answered from the main one, mail to it waits in quarantine.

    Raises
    ------
    Conflict
        `last_mailbox`, for a desk has at least one.
    """
    kept.get(cause.org_id, _kept(cause.org_id), id_)
    if not [one for one in mailboxes(cause.org_id).values() if one.id != id_ and not one.archived]:
        raise Conflict("a desk has at least one mailbox", code="last_mailbox")
    kept.archive(cause, _kept(cause.org_id), id_, None, version)


def order_mailboxes(cause: Cause, ids: list[str]) -> None:
    """Put the mailboxes in an order; the first becomes the main one."""
    kept.reorder(cause, _kept(cause.org_id), ids)


def first_row(address: str) -> Item:
    """The record that set-up makes."""
    return {"id": MAIN, "address": normalise(address) or address, "position": 1}


def _kept(org_id: str) -> Kept:
    """The organisation's addresses of before, as records that nobody has changed yet."""
    row = organisation_row(org_id)
    addresses = list(dict.fromkeys([row["support_address"], *row.get("mailboxes", ())]))
    first = tuple(
        {"id": MAIN if place == 1 else f"{MAIN}-{place}", "address": address, "position": place}
        for place, address in enumerate(addresses, 1)
    )
    return Kept(KIND, first)


def _mailbox(row: Item) -> Mailbox:
    values = {name: value for name, value in row.items() if name in _NAMES}
    return Mailbox(**values | {"aliases": tuple(row.get("aliases") or ())})


def _clean(body: dict[str, Any]) -> dict[str, Any]:
    """Addresses in their one form, the signature made safe."""
    from helpdesk.markup.sanitise import sanitise

    values = dict(body)
    if "address" in values:
        values["address"] = normalise(values["address"]) or values["address"]
    if "aliases" in values:
        values["aliases"] = list(dict.fromkeys(normalise(one) or one for one in values["aliases"]))
    if values.get("signature_html"):
        values["signature_html"] = sanitise(values["signature_html"], lambda _source: None)
    return values


def _check(org_id: str, id_: str | None, values: dict[str, Any]) -> None:
    taken = {name: one for one in mailboxes(org_id).values() if one.id != id_ for name in one.addresses}
    named = [("/address", values["address"])]
    named += [(f"/aliases/{place}", one) for place, one in enumerate(values.get("aliases") or ())]
    faults = list(_reference_faults(org_id, values))
    for pointer, address in named:
        if normalise(address) is None or "@" not in address:
            faults.append(FieldError(pointer, "not_an_address", "not a mail address"))
        elif address in taken:
            faults.append(FieldError(pointer, "taken", f"this belongs to the mailbox {taken[address].address}"))
    if faults:
        raise Invalid("this mailbox does not fit", *faults)


def _reference_faults(org_id: str, values: dict[str, Any]) -> Iterable[FieldError]:
    from helpdesk.settings.service import teams
    from helpdesk.settings.topics import topics

    for name, known in (("team_id", teams), ("topic_id", topics)):
        if values.get(name) is not None and values[name] not in known(org_id):
            yield FieldError(f"/{name}", "unknown", "there is no such thing here")
