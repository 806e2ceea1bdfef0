"""The routes that every kind of setting has alike: list, make, read, change, take out of use, and order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core.cache import forget
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.settings import kept
from helpdesk.settings.kept import Kept
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.route import Serve

Row = dict[str, Any]
READ, WRITE = "settings:read", "settings:write"


@dataclass(frozen=True)
class Resource:
    """A kind of setting as routes see it; `name` is the word for one, `path` and `shape` its place and answer.

    `archived=1` in a list's query adds what is out of use. What is None has no route.
    """

    name: str
    path: str
    plural: str
    shape: str
    takes: str  # module of the bodies; New<shape> and <shape>Change are their names
    rows: Callable[[Call], Iterable[Row]]
    create: Callable[[Call], Row]
    change: Callable[[Call, str], Row]
    remove: Callable[[Call, str], None]
    order: Callable[[Call], None] | None = None
    needs: str = WRITE
    sees: str = READ


def add_setting_routes(api: Api, it: Resource) -> None:
    """Add the routes of a resource."""
    one = f"{it.path}/{{{it.name}_id}}"

    def read(call: Call) -> Answer:
        return versioned(_find(it, call))

    def create(call: Call) -> Answer:
        given = {name: value for name, value in call.body.items() if value is not None}
        row = it.create(replace(call, body=given))
        return versioned(row, 201, Location=f"{it.path}/{row['id']}")

    def change(call: Call) -> Answer:
        return versioned(it.change(call, _id(it, call)))

    def remove(call: Call) -> Answer:
        it.remove(call, _id(it, call))
        return Answer(204)

    many, new, changed = f"list:{it.shape}", f"{it.takes}:New{it.shape}", f"{it.takes}:{it.shape}Change"
    route = api.route
    route("GET", it.path, needs=it.sees, gives=many)(_named(_lister(it), f"list_{it.plural}", _LIST.format(it.plural)))
    route("POST", it.path, needs=it.needs, takes=new, gives=it.shape, status=201)(
        _named(create, f"create_{it.name}", f"Make a {_word(it.name)}.")
    )
    if it.order:
        _add_order(api, it)
    route("GET", one, needs=it.sees, gives=it.shape)(_named(read, f"read_{it.name}", f"Read a {_word(it.name)}."))
    route("PATCH", one, needs=it.needs, takes=changed, gives=it.shape)(
        _named(change, f"change_{it.name}", f"Change a {_word(it.name)}.")
    )
    route("DELETE", one, needs=it.needs, status=204)(
        _named(remove, f"remove_{it.name}", f"Take a {_word(it.name)} out of use.")
    )


def put_in_order(call: Call, kind: Kept) -> None:
    """Put the records of a kind in the order of the body's `ids`."""
    kept.reorder(call.cause, kind, call.body["ids"])


_LIST = "List the {}, in order."


def _add_order(api: Api, it: Resource) -> None:
    def order(call: Call) -> Answer:
        assert it.order is not None  # noqa: S101 - the route is only there then
        it.order(call)
        return listed(_rows(it, call))

    api.route("PUT", f"{it.path}/order", needs=it.needs, takes="helpdesk.web.fields:Order", gives=f"list:{it.shape}")(
        _named(order, f"order_{it.plural}", f"Put the {it.plural} in an order; ids names each in use once.")
    )


def _lister(it: Resource) -> Serve:
    def show(call: Call) -> Answer:
        return listed(_rows(it, call))

    return show


def _rows(it: Resource, call: Call) -> list[Row]:
    if call.actor.may("settings:write"):
        forget()  # who changes settings sees what is stored, not what this container has kept of it
    wanted = call.query.get("archived", "0")
    if wanted not in ("0", "1"):
        raise Invalid("archived is 0 or 1", FieldError("/archived", "unknown", "0 or 1"), malformed=True)
    return [row for row in it.rows(call) if wanted == "1" or not row.get("archived")]


def _find(it: Resource, call: Call) -> Row:
    id_ = _id(it, call)
    found = next((row for row in it.rows(call) if row["id"] == id_), None)
    if not found:
        raise NotFound(f"there is no such {_word(it.name)}")
    return found


def _id(it: Resource, call: Call) -> str:
    from urllib.parse import unquote

    return unquote(call.path[f"{it.name}_id"])


def _word(name: str) -> str:
    return name.replace("_", " ")


def _named(serve: Serve, name: str, doc: str) -> Serve:
    serve.__name__, serve.__doc__ = name, doc
    return serve
