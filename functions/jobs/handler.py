"""Routes of jobs: one action on many tickets."""

from __future__ import annotations

from typing import Any

from helpdesk.jobs import previews, service
from helpdesk.jobs.actions import kind_of
from helpdesk.tickets.history import moment
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.bodies import validated
from helpdesk.web.call import Answer, Call, listed

api = Api()
handler = api.handler


@api.route("POST", "/v1/jobs", needs="tickets:bulk", takes="jobs.bodies:NewJob", gives="Job", status=202)
def start_job(call: Call) -> Answer:
    """Do something to many tickets; preview: true only counts them and shows what would become of the first."""
    wish = {name: value for name, value in call.body.items() if value is not None and name != "preview"}
    wish["action"] = _checked(wish["action"])
    if call.body.get("preview"):
        return Answer(200, previews.preview(call.actor, call.cause, wish), effect=False)
    job = service.start(call.actor, call.cause, wish)
    return Answer(202, job.public(), {"Location": f"/v1/jobs/{job.id}"})


@api.route("GET", "/v1/jobs", needs="tickets:bulk", gives="list:Job")
def list_jobs(call: Call) -> Answer:
    """List one's jobs, the newest first; those who change settings see everybody's."""
    jobs, last = service.list_jobs(call.actor, cursors.position_of(call), call.limit())
    return listed([job.public() for job in jobs], cursors.seal(call, last))


@api.route("GET", "/v1/jobs/{job_id}", needs="tickets:bulk", gives="Job")
def read_job(call: Call) -> Answer:
    """Read how far a job has come."""
    return Answer(200, service.get_job(call.actor, call.path["job_id"]).public())


@api.route("GET", "/v1/jobs/{job_id}/items", needs="tickets:bulk", gives="list:JobItem")
def list_items(call: Call) -> Answer:
    """List the results of a job's items in its order: outcome=done, unchanged or failed, or all."""
    position = cursors.position_of(call)
    outcome = call.query.get("outcome")
    rows, last = service.list_items(call.actor, call.path["job_id"], outcome, position, call.limit())
    return listed(rows, cursors.seal(call, last))


@api.route("DELETE", "/v1/jobs/{job_id}", needs="tickets:bulk", gives="Job")
def cancel_job(call: Call) -> Answer:
    """Cancel a job; what it has done stays."""
    return Answer(200, service.cancel(call.actor, call.cause, call.path["job_id"]).public())


@api.route("PUT", "/v1/jobs/{job_id}/undo", needs="tickets:bulk", gives="Job", status=202)
def undo_job(call: Call) -> Answer:
    """Undo all that a job did, by a job."""
    job = service.undo(call.actor, call.cause, call.path["job_id"])
    return Answer(202, job.public(), {"Location": f"/v1/jobs/{job.id}"})


def _checked(action: dict[str, Any]) -> dict[str, Any]:
    """The action with its bodies checked as the routes of single changes would, and its times as events have them."""
    kind = kind_of(action)
    bodies = {name: validated(model, action[name], f"/action/{name}") for name, model in kind.models if name in action}
    undo = action["kind"] == "undo"
    times = {name: moment(action[name], f"/action/{name}") for name in ("from", "to") if undo and name in action}
    return action | bodies | times
