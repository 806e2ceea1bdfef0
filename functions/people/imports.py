"""Routes of imports: teams, and what colleagues can do, in and out as CSV."""

from __future__ import annotations

from base64 import b64decode
from functools import partial

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.web import bodies
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call

_FILE = "people.import_bodies:ImportFile"
_TEAM, _PERSON = "helpdesk.web.team_body:TeamChange", "people.import_bodies:ImportedPerson"


def add_import_routes(api: Api) -> None:
    """Declare the routes on a function's table."""
    read = partial(api.route, "GET", gives="Csv")
    write = partial(api.route, "POST", needs="settings:write", takes=_FILE, gives="ImportReport", limit="heavy")
    read("/v1/imports/teams", needs="settings:read")(export_teams)
    write("/v1/imports/teams")(import_teams)
    read("/v1/imports/people", needs="settings:write")(export_people)
    write("/v1/imports/people")(import_people)


def export_teams(call: Call) -> Answer:
    """Read all teams as CSV, which can be imported again; sample=1 gives an example."""
    from helpdesk.imports import team_cells

    return _csv("teams", team_cells.sample() if _flag(call, "sample") else team_cells.exported(call.actor.org_id))


def export_people(call: Call) -> Answer:
    """Read the teams, skills, languages and capacity of all colleagues as CSV; sample=1 gives an example."""
    from helpdesk.imports import people

    return _csv("people", people.sample() if _flag(call, "sample") else people.exported(call.actor.org_id))


def import_teams(call: Call) -> Answer:
    """Make and change teams from CSV; dry_run=1 tells what that would do. A file with a fault changes nothing."""
    from helpdesk.imports import service

    check, dry_run = partial(bodies.validated, _TEAM), _flag(call, "dry_run")
    report = service.import_teams(call.actor, call.cause, _text(call), check, dry_run=dry_run)
    return Answer(200, report, effect=not dry_run)


def import_people(call: Call) -> Answer:
    """Change colleagues' teams and abilities from CSV; invite=1 invites who is not here, dry_run=1 changes nothing."""
    from helpdesk.imports import service

    check, dry_run = partial(bodies.validated, _PERSON), _flag(call, "dry_run")
    invite = _flag(call, "invite")
    report = service.import_people(call.actor, call.cause, _text(call), check, dry_run=dry_run, invite=invite)
    return Answer(200, report, effect=not dry_run)


def _text(call: Call) -> str:
    from helpdesk.imports.sheet import text_of

    given = call.body.get("csv_base64")
    if given is not None:
        try:
            return text_of(b64decode(given, validate=True))
        except ValueError:
            raise Invalid("this is no file", FieldError("/csv_base64", "not_base64", "the bytes in base64")) from None
    if call.body.get("csv") is None:
        raise Invalid("there is no file", FieldError("/csv", "required", "the text of a file"))
    return str(call.body["csv"])


def _flag(call: Call, name: str) -> bool:
    given = call.query.get(name, "0")
    if given not in ("0", "1"):
        raise Invalid(f"{name} is 0 or 1", FieldError(f"/{name}", "unknown", "0 or 1"), malformed=True)
    return given == "1"


def _csv(name: str, text: str) -> Answer:
    disposition = f'attachment; filename="{name}.csv"'
    return Answer(200, "\ufeff" + text, {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": disposition})
