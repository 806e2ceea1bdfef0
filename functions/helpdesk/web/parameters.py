"""Query parameters: which a route takes and what they mean; any other is refused, so that a misspelt filter shows."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk.core.errors import FieldError, Invalid

MEANING = {
    "action": "an event type, or a family such as ticket.*",
    "actor": "the id of a person or key",
    "after": "the number of the last event read, or latest; for mail its id",
    "archived": "1 lists what is archived, too",
    "as_of": "a time (RFC 3339): what it was then",
    "assignee_id": "a colleague's id, me or none",
    "at": "a time (RFC 3339); without it now",
    "block": "1 keeps the sender's mail out from now on",
    "calendar_id": "a calendar's id",
    "client_id": "the id of an app",
    "code_challenge": "BASE64URL(SHA-256(code_verifier)), RFC 7636",
    "code_challenge_method": "S256",
    "category": "new, open, waiting, on_hold, solved, closed, active, done or trash",
    "cause": "why a mail waits in quarantine: see docs/mail.md",
    "channel": "mail, portal, api or agent",
    "company_id": "a company's id, or none",
    "cursor": "next_cursor of the page before",
    "dry_run": "1 tells what would be done, and does nothing",
    "domain": "a company's mail domain",
    "email": "an address",
    "facets": "comma separated: category, team_id, assignee_id, tag, priority, channel",
    "fields": "comma separated: the members to answer with",
    "filter": "a condition in text form, see docs/filters.md",
    "from": "a time (RFC 3339), inclusive; of a week, or of numbers, its first date",
    "handle": "a channel handle",
    "include": "comma separated: what to answer beside it",
    "invite": "1 invites who is not here yet",
    "kind": "which kind",
    "limit": "how many at most, 1 to 100",
    "of": "whose numbers: me, agent, team, policy or desk",
    "outcome": "message, duplicate, own_loop or quarantine; of a job's items done, unchanged or failed",
    "phone": "a phone number",
    "preview": "true tells what would change, and changes nothing",
    "priority": "a priority's id",
    "q": "words to search for",
    "redirect_uri": "one of the app's addresses",
    "replace_by": "the id of what tickets get in its place",
    "requester_id": "a customer's id",
    "resource_id": "an id; with resource_type",
    "resource_type": "ticket, person, team, role ...",
    "response_type": "code",
    "sample": "1 gives an example",
    "scope": "permissions with spaces between; without it all that the app may ask for",
    "sort": "comma separated keys, a minus for descending: -priority,updated_at",
    "state": "open or done; of suppressions active or released; of an app its own word, which it gets back",
    "status": "delivered, pending or failed",
    "status_id": "a status's id",
    "tag": "a tag, or several with commas",
    "team_id": "a team's id, or none",
    "tell": "1 tells the sender",
    "ticket": "a ticket's id or number",
    "to": "a time (RFC 3339), exclusive",
    "topic_id": "a topic's id",
    "type": "comma separated: tickets, people, companies, messages",
    "types": "comma separated event types",
    "unread": "1 leaves out what is read",
    "until": "the last date, with it",
    "view": "a view's id",
    "zone": "a time zone such as Europe/Berlin",
}

_LIST = ("limit", "cursor")
_FILTERS = (
    *("view", "filter", "q", "tag", "category", "status_id", "priority", "channel"),
    *("assignee_id", "team_id", "requester_id", "company_id"),
)
_TAKEN = {
    "GET /v1/tickets": (*_FILTERS, "sort", "fields", "include", "as_of"),
    "GET /v1/search": (*_FILTERS, "type", "facets", "sort", *_LIST),
    "GET /v1/search/suggest": ("q",),
    "GET /v1/tickets/{ticket_id}": ("include", "limit", "as_of"),
    "POST /v1/tickets/{ticket_id}/restoration": ("preview",),
    **{
        f"GET /v1/{name}": ("archived",)
        for name in (
            *(
                "statuses",
                "priorities",
                "topics",
                "fields",
                "mailboxes",
                "closing-rules",
                "calendars",
                "sla-policies",
                "rules",
                "teams",
            ),
        )
    },
    **{f"DELETE /v1/{one}": ("replace_by",) for one in ("statuses/{status_id}", "topics/{topic_id}")},
    "DELETE /v1/priorities/{priority_id}": ("replace_by",),
    "GET /v1/oauth/authorization": (
        *("client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"),
    ),
    "GET /v1/access": ("actor", "ticket"),
    "GET /v1/audit": ("actor", "action", "resource_type", "resource_id", "from", "to"),
    "GET /v1/tickets/{ticket_id}/links": ("kind",),
    "GET /v1/coverage": ("at", "team_id"),
    "GET /v1/coverage/week": ("from", "zone", "team_id", "calendar_id"),
    "GET /v1/numbers": ("of", "from", "until"),
    "GET /v1/wallboard": ("team_id",),
    "GET /v1/people": ("kind", "email", "phone", "handle"),
    "GET /v1/imports/teams": ("sample",),
    "GET /v1/imports/people": ("sample",),
    "POST /v1/imports/teams": ("dry_run",),
    "POST /v1/imports/people": ("dry_run", "invite"),
    "GET /v1/companies": ("domain",),
    "GET /v1/companies/{company_id}/tickets": (*_FILTERS, "sort"),
    "GET /v1/events": ("after", "types"),
    "GET /v1/jobs/{job_id}/items": ("outcome",),
    "GET /v1/notifications": ("unread",),
    "GET /v1/mail": ("after", "outcome", "cause"),
    "DELETE /v1/mail/{mail_id}/release": ("block", "tell"),
    "GET /v1/suppressions": ("state", "email"),
    "GET /v1/webhooks/{webhook_id}/deliveries": ("status",),
    "GET /v1/portal/form": ("topic_id",),
    "GET /v1/portal/tickets": ("state", "q", "company_id"),
    "GET /v1/portal/tickets/{ticket_id}": ("cursor",),
}


def taken_by(method: str, path: str, gives: str | None) -> tuple[str, ...]:
    """The parameters of a route; every list takes limit and cursor."""
    return _TAKEN.get(f"{method} {path}", ()) + (_LIST if (gives or "").startswith("list:") else ())


def check(taken: tuple[str, ...], given: Mapping[str, str]) -> None:
    """Refuse parameters that the route does not take.

    Raises
    ------
    Invalid
        `unknown_parameter`, naming each.
    """
    unknown = [name for name in given if name not in taken]
    if unknown:
        known = ", ".join(sorted(taken)) or "none"
        faults = [FieldError(f"/{name[:60]}", "unknown_parameter", f"this takes {known}") for name in unknown]
        raise Invalid("there are unknown query parameters", *faults, code="unknown_parameter", malformed=True)
