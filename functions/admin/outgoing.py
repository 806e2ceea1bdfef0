"""Routes of what goes out: templates, seen before they are sent and tried on oneself, and the domains of mailboxes."""

from __future__ import annotations

from types import ModuleType

from helpdesk.core.errors import Forbidden
from helpdesk.web import limits
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed
from helpdesk.web.setting_routes import Resource, add_setting_routes

_BODIES = "admin.outgoing_bodies"


def _templates() -> ModuleType:
    """Imported when it is used: most who call this function ask something else."""
    from helpdesk.mail.sending import own_templates

    return own_templates


_RESOURCE = Resource(
    name="mail_template",
    path="/v1/mail-templates",
    plural="mail_templates",
    shape="MailTemplate",
    takes=_BODIES,
    rows=lambda call: _templates().listed(call.actor.org_id),
    create=lambda call: _templates().create(call.cause, call.body),
    change=lambda call, id_: _templates().change(call.cause, id_, call.body, call.version),
    remove=lambda call, id_: _templates().restore(call.cause, id_, call.version),
)


def add_outgoing_routes(api: Api) -> None:
    """Add the routes of mail templates and mail domains."""
    add_setting_routes(api, _RESOURCE)
    path, takes = _RESOURCE.path, f"{_BODIES}:TemplateTrial"
    api.route("POST", f"{path}/preview", needs="settings:write", takes=takes, gives="MailTemplatePreview")(
        preview_template
    )
    api.route("POST", f"{path}/test", needs="settings:write", takes=takes, gives="SentTest", status=202)(send_test)
    api.route("GET", "/v1/mail-template-kinds", needs="settings:read", gives="list:MailTemplateKind")(list_kinds)
    api.route("GET", "/v1/mail-domains", needs="settings:read", gives="MailDomains")(read_mail_domains)


def read_mail_domains(call: Call) -> Answer:
    """Read which DNS records the mailboxes' domains need, and what SES knows of them and lets this account send."""
    from helpdesk.mail.sending.domains import mail_domains

    return Answer(200, mail_domains(call.actor.org_id))


def preview_template(call: Call) -> Answer:
    """Fill a template, kept or not, with examples."""
    return Answer(200, _templates().preview(call.body["kind"], call.body["locale"], call.body), effect=False)


def send_test(call: Call) -> Answer:
    """Mail a template, kept or not, filled with examples to one's own address, and to no other."""
    if call.actor.kind != "agent":
        raise Forbidden("a test goes to a person's own address, and a key has none")
    from helpdesk.mail.sending import outbox

    _templates().preview(call.body["kind"], call.body["locale"], call.body)
    limits.take_mail(call.actor.email)
    outbox.ask_template_test(call.cause, call.actor, call.body)
    return Answer(202, {"sent_to": call.actor.email})


def list_kinds(_call: Call) -> Answer:
    """List the kinds of mail that we write, and the variables that their templates may name."""
    from helpdesk.mail.sending.template_kinds import KINDS

    rows = [
        {
            "kind": kind.name,
            "needs": list(kind.needs),
            "has_subject": kind.subject,
            "variables": [{"name": one.name, "meaning": one.meaning} for one in kind.variables],
        }
        for kind in KINDS.values()
    ]
    return listed(rows)
