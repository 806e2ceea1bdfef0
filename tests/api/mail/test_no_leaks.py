"""Invariant 4: nothing that leaves for a customer holds a byte of a note, a side conversation or a blind copy."""

from __future__ import annotations

import itertools
import json
from email import message_from_bytes
from email.policy import default

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.inbound import a_mail, receive

SECRET = "hushhush"
_count = itertools.count()
STEPS = st.lists(st.sampled_from(["note", "reply", "held", "side", "customer", "bcc", "file", "macro"]), max_size=8)


def _note(desk, path, secret):
    desk.agent.post(f"{path}/messages", {"kind": "note", "body_html": f"<p>{secret} <b>x</b></p>"})


def _side(desk, path, secret):
    begun = {"subject": secret, "to": ["third@supplier.test"], "body_text": secret}
    desk.agent.post(f"{path}/side-conversations", begun)
    desk.cloud.pump()
    mail = message_from_bytes(desk.cloud.sent()[-1][1], policy=default)
    receive(a_mail("Re", secret, From=f"{secret}@supplier.test"), to=[mail["Reply-To"].addresses[0].addr_spec])


def _customer(desk, path, _secret):
    receive(a_mail("Re: x", "More words.", References=desk.root))


def _bcc(desk, path, secret):
    receive(a_mail("Re: x", "More words.", References=desk.root, Bcc=f"{secret}@hidden.test"))


def _file(desk, path, secret):
    file = desk.agent.post("/v1/attachments", {"filename": f"{secret}.txt", "size": len(secret)}).body
    key = file["upload"]["fields"]["key"]
    desk.s3.put_object(Bucket="attachments", Key=key, Body=secret.encode())
    desk.agent.post(f"{path}/messages", {"kind": "note", "body_text": "see file", "attachments": [file["id"]]})


def _macro(desk, path, secret):
    actions = [{"type": "note", "body_html": f"<p>{secret}</p>"}, {"type": "reply", "body_html": "<p>Done.</p>"}]
    macro = desk.admin.post("/v1/macros", {"name": secret, "visibility": "all", "actions": actions}).body["id"]
    desk.agent.post(f"{path}/macros/{macro}")


def _reply(desk, path, _secret):
    desk.agent.post(f"{path}/messages", {"kind": "reply", "body_text": "An answer."})


def _held(desk, path, secret):
    held = {"kind": "reply", "body_text": secret, "undo_seconds": 60}
    message = desk.agent.post(f"{path}/messages", held).body
    desk.agent.delete(f"{path}/messages/{message['id']}/sending")


DO = {"note": _note, "reply": _reply, "held": _held, "side": _side}
DO |= {"customer": _customer, "bcc": _bcc, "file": _file, "macro": _macro}


class Desk:
    """Everybody who works on one ticket."""

    def __init__(self, cloud, agent, admin, customer, s3):
        self.cloud, self.agent, self.admin, self.customer, self.s3 = cloud, agent, admin, customer, s3
        self.root = f"<root-{next(_count)}@customer.test>"

    def begin(self):
        """A ticket of Carla's, who is the customer of the portal, too."""
        row = receive(a_mail(Message_ID=self.root))
        return f"/v1/tickets/{row['ticket_id']}"

    def outputs(self, path):
        """All that a customer gets: mails to him, the portal's answers, a webhook of scope customer."""
        portal = path.replace("/v1/", "/v1/portal/")
        for _, raw in self.cloud.sent():
            mail = message_from_bytes(raw, policy=default)
            if "supplier.test" not in f"{mail['To']} {mail['Cc']}":
                yield raw.decode()
                yield from (str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text")
        for target in (
            "/v1/portal/tickets",
            portal,
            f"{portal}/messages",
            "/v1/portal/tickets?q=words",
            "/v1/portal/me",
        ):
            yield json.dumps(self.customer.get(target).body)
        yield from self.webhook_bodies()

    def webhook_bodies(self):
        """What a webhook of scope customer would be sent of each event that it may have."""
        from helpdesk.webhooks.model import Webhook
        from helpdesk.webhooks.payload import body_of, may_have

        names = Webhook.__dataclass_fields__
        about = {"org_id": "acme", "id": "W", "scope": "customer", "payload": "full"}
        webhook = Webhook(**{name: about.get(name) for name in names})
        after = "0"
        while page := self.admin.get(f"/v1/events?after={after}&limit=100").body:
            if not page["data"]:
                return
            yield from (body_of(webhook, event) for event in page["data"] if may_have(webhook, event))
            after = page["next_cursor"]


# Not shrunk: an example takes seconds, and says what it did.
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)
@given(steps=STEPS, salt=st.integers(0, 10**9))
def test_no_byte_of_a_note_a_side_conversation_or_a_blind_copy_reaches_a_customer(
    cloud, agent, admin, customer, steps, salt
):
    import boto3

    desk, secret = Desk(cloud, agent, admin, customer, boto3.client("s3")), f"{SECRET}{salt}"
    path = desk.begin()
    for step in [*steps, "note", "reply"]:
        DO[step](desk, path, secret)
    cloud.pump()
    leaks = [one for one in desk.outputs(path) if SECRET in one.lower()]
    assert leaks == []
    assert SECRET in json.dumps(agent.get(f"{path}?include=messages").body), "there was something to leak"


def test_the_portal_s_files_of_a_note_are_nobodys(cloud, agent, admin, customer, ticket):
    import boto3

    desk, path = Desk(cloud, agent, admin, customer, boto3.client("s3")), f"/v1/tickets/{ticket['id']}"
    _file(desk, path, SECRET)
    file = agent.get(f"{path}/messages").body["data"][-1]["attachments"][0]
    assert customer.get(f"/v1/portal/attachments/{file['id']}").status == 404
