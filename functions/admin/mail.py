"""Routes of mail that comes in: its ledger with the quarantine, mailboxes, rules for senders, and the policy."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.log import note
from helpdesk.settings import mail_policy as policies
from helpdesk.settings import mailboxes, sender_rules
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.setting_routes import Resource, add_setting_routes

_BODIES = "admin.mail_bodies"


def list_mail(call: Call) -> Answer:
    """Walk the ledger of received mail in the order of its arrival."""
    from helpdesk.mail import ledger

    after = cursors.position_of(call) or call.query.get("after")
    wanted = {name: call.query.get(name) for name in ("outcome", "cause")}
    rows, last = ledger.list_received(call.actor.org_id, after=after, limit=call.limit(), **wanted)
    return listed(rows, cursors.seal(call, last))


def read_mail(call: Call) -> Answer:
    """Read what became of one mail, with a preview of what is in it."""
    from helpdesk.mail import quarantine

    return Answer(200, quarantine.look_at(call.actor.org_id, call.path["mail_id"]))


def read_raw_mail(call: Call) -> Answer:
    """Download the mail as it came."""
    from helpdesk.mail import ledger

    link = ledger.raw_link(call.actor.org_id, call.path["mail_id"])
    note(call.cause, "mail.read_raw", "mail", call.path["mail_id"])
    return Answer(302, None, {"Location": link})


def release_mail(call: Call) -> Answer:
    """Make a ticket or message of a mail in quarantine; trust true trusts its sender from now on."""
    from helpdesk.mail import quarantine

    trust = bool(call.body.get("trust"))
    released = quarantine.release(call.actor, call.cause, call.path["mail_id"], trust=trust)
    note(call.cause, "mail.released", "mail", call.path["mail_id"])
    return Answer(200, released)


def reject_mail(call: Call) -> Answer:
    """Reject a mail; it is kept, and can still be released. block=1 keeps its sender out, tell=1 lets him know."""
    from helpdesk.mail import quarantine

    rejected = quarantine.reject(call.cause, call.path["mail_id"], block=_asked(call, "block"))
    note(call.cause, "mail.rejected", "mail", call.path["mail_id"], {"tell": True} if _asked(call, "tell") else {})
    return Answer(200, rejected)


def _asked(call: Call, name: str) -> bool:
    """Whether a switch of the query is on."""
    if call.query.get(name, "0") not in ("0", "1"):
        raise Invalid(f"{name} is 0 or 1", FieldError(f"/{name}", "unknown", "0 or 1"), malformed=True)
    return call.query.get(name) == "1"


def read_mail_policy(call: Call) -> Answer:
    """Read how the desk decides about mail that comes in."""
    return versioned(_policy(policies.mail_policy(call.actor.org_id)))


def change_mail_policy(call: Call) -> Answer:
    """Change how the desk decides about mail that comes in."""
    return versioned(_policy(policies.change_policy(call.cause, call.body, call.version)))


def _policy(policy: policies.MailPolicy) -> dict[str, Any]:
    return asdict(policy)


def _mailbox(mailbox: mailboxes.Mailbox) -> dict[str, Any]:
    return asdict(mailbox)


_RESOURCES = (
    Resource(
        name="mailbox",
        path="/v1/mailboxes",
        plural="mailboxes",
        shape="Mailbox",
        takes=_BODIES,
        rows=lambda call: map(_mailbox, mailboxes.mailboxes(call.actor.org_id).values()),
        create=lambda call: _mailbox(mailboxes.create_mailbox(call.cause, call.body)),
        change=lambda call, id_: _mailbox(mailboxes.change_mailbox(call.cause, id_, call.body, call.version)),
        remove=lambda call, id_: mailboxes.remove_mailbox(call.cause, id_, call.version),
        order=lambda call: mailboxes.order_mailboxes(call.cause, call.body["ids"]),
    ),
    Resource(
        name="sender_rule",
        path="/v1/sender-rules",
        plural="sender_rules",
        shape="SenderRule",
        takes=_BODIES,
        rows=lambda call: sender_rules.sender_rules(call.actor.org_id).values(),
        create=lambda call: sender_rules.create_rule(call.cause, call.body),
        change=lambda call, id_: sender_rules.change_rule(call.cause, id_, call.body, call.version),
        remove=lambda call, id_: sender_rules.remove_rule(call.cause, id_, call.version),
        needs="mail:write",
        sees="mail:read",
    ),
)


def add_mail_routes(api: Api) -> None:
    """Add the routes of the ledger, the quarantine, mailboxes, rules for senders, and the policy."""
    route, one = api.route, "/v1/mail/{mail_id}"
    route("GET", "/v1/mail", needs="mail:read", gives="list:ReceivedMail")(list_mail)
    route("GET", one, needs="mail:read", gives="ReceivedMailDetail")(read_mail)
    route("GET", f"{one}/raw", needs="mail:read", status=302)(read_raw_mail)
    wish = f"{_BODIES}:ReleaseWish"
    route("PUT", f"{one}/release", needs="mail:write", takes=wish, gives="ReceivedMail")(release_mail)
    route("DELETE", f"{one}/release", needs="mail:write", gives="ReceivedMail")(reject_mail)
    for resource in _RESOURCES:
        add_setting_routes(api, resource)
    change = f"{_BODIES}:MailPolicyChange"
    route("GET", "/v1/mail-policy", needs="settings:read", gives="MailPolicy")(read_mail_policy)
    route("PATCH", "/v1/mail-policy", needs="settings:write", takes=change, gives="MailPolicy")(change_mail_policy)
