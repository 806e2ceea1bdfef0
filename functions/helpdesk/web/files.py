"""The two routes of files, which desk and portal have alike: announce an upload, download by a short link."""

from __future__ import annotations

from helpdesk.tickets.attachments import link_for, start_upload
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call


def add_file_routes(api: Api, path: str, *, read: str, write: str) -> None:
    """Add `POST path` and `GET path/{attachment_id}` with the permissions that they need."""
    takes = "helpdesk.web.fields:NewAttachment"
    api.route("POST", path, needs=write, takes=takes, gives="Upload", status=201)(create_attachment)
    api.route("GET", f"{path}/{{attachment_id}}", needs=read, status=302)(read_attachment)


def create_attachment(call: Call) -> Answer:
    """Announce a file; the answer holds the form that uploads it."""
    body = call.body
    content_type = body.get("content_type", "application/octet-stream")
    return Answer(201, start_upload(call.actor, body["filename"], content_type, body["size"]))


def read_attachment(call: Call) -> Answer:
    """Download a file, by a link that lives five minutes."""
    return Answer(302, None, {"Location": link_for(call.actor, call.path["attachment_id"])})
