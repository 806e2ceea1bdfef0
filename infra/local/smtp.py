"""The two SMTP doors of the laptop: what SES receives, and what becomes of what SES sends.

`python -m infra.local.smtp STATE PORTS_JSON`, with boto3's environment pointing at MiniStack.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import traceback
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from aiosmtpd.smtp import SMTP, Envelope, Session
from botocore.config import Config

from infra.local import authenticity, feedback, receipts
from infra.local.layout import HOST, Layout, Ports, read_json

MAX_BYTES = 40 * 1024 * 1024  # what SES takes in, raw: docs.aws.amazon.com/ses/latest/dg/quotas.html
TRY_LATER = "451 4.3.0 try again later"


class Door(SMTP):
    """An SMTP server that, like SES, does not mind long lines."""

    line_length_limit = MAX_BYTES


class Inbound:
    """Takes a mail in as SES does: the raw object to S3, then the notification to SNS, then 250."""

    def __init__(self, outputs: dict[str, str], lookup: authenticity.Lookup) -> None:
        self.lookup = lookup
        self.bucket, self.topic = outputs["MailBucket"], outputs["InboundTopicArn"]
        self.s3, self.sns = _client("s3"), _client("sns")

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        """250 only when both calls worked: until then the sender keeps the mail."""
        try:
            return f"250 OK {await asyncio.to_thread(self.receive, session, envelope)}"
        except Exception:
            traceback.print_exc()
            return TRY_LATER

    def receive(self, session: Session, envelope: Envelope) -> str:
        """Store and announce one mail; its id, which SES, too, gives in its reply."""
        raw, sender = _content(envelope), envelope.mail_from or ""
        message_id = receipts.new_message_id()
        recipients = envelope.rcpt_tos
        stored = receipts.stored_bytes(raw, message_id, sender, str(session.host_name), recipients[0])
        self.s3.put_object(Bucket=self.bucket, Key=f"{receipts.PREFIX}{message_id}", Body=stored)
        found = authenticity.verdicts_of(raw, self.lookup)
        note = receipts.notification(stored, message_id, sender, recipients, self.bucket, self.topic, found)
        self.sns.publish(TopicArn=self.topic, Message=json.dumps(note), Subject="Amazon SES Email Receipt")
        return message_id


class Outbound:
    """Keeps what SES relays as `.eml` and reports it to the configuration set's topic."""

    def __init__(self, outputs: dict[str, str], folder: Path) -> None:
        self.topic, self.folder = outputs["FeedbackTopicArn"], folder
        self.sns = _client("sns")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail, then publish Send and an outcome for each recipient."""
        try:
            await asyncio.to_thread(self.keep, envelope)
        except Exception:
            traceback.print_exc()
            return TRY_LATER
        return "250 OK"

    def keep(self, envelope: Envelope) -> None:
        """The file appears whole or not at all; its name sorts by time."""
        raw = _content(envelope)
        mail = message_from_bytes(raw)
        name = f"{time.time_ns()}-{receipts.new_message_id()[:8]}"
        draft = self.folder / f".{name}.tmp"
        draft.write_bytes(feedback.without_ses_headers(raw))
        draft.replace(self.folder / f"{name}.eml")
        if mail[feedback.CONFIGURATION_SET]:
            for event in feedback.events(mail, envelope.mail_from or "", envelope.rcpt_tos):
                self.sns.publish(TopicArn=self.topic, Message=json.dumps(event))


def main() -> None:
    """Serve both doors until the process is told to stop."""
    layout, ports = Layout(Path(sys.argv[1])), Ports(**json.loads(sys.argv[2]))
    outputs = read_json(layout.deployed)["outputs"]
    layout.mail.mkdir(parents=True, exist_ok=True)
    inbound = Inbound(outputs, authenticity.lookup_in(layout.dkim_keys))
    doors = {ports.smtp_in: inbound, ports.smtp_out: Outbound(outputs, layout.mail)}
    asyncio.run(_serve(doors))


async def _serve(doors: dict[int, Any]) -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(partial(_door, handler), HOST, port) for port, handler in doors.items()]
    await asyncio.gather(*(server.serve_forever() for server in servers))


def _door(handler: Any) -> Door:
    return Door(handler, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, hostname="localhost")


def _content(envelope: Envelope) -> bytes:
    content = envelope.content or b""
    return content if isinstance(content, bytes) else content.encode()


def _client(service: str) -> Any:
    settings = Config(max_pool_connections=20, retries={"mode": "standard", "total_max_attempts": 3})
    return boto3.client(service, config=settings)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
