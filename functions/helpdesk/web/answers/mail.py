"""Answers of mail that comes in: the ledger, mailboxes, rules for senders, and the policy."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from helpdesk.web.answers.base import Answered


class Mailbox(Answered):
    """An inbound address; version 0 is one that set-up made and nobody has changed. The first is the main one."""

    id: str
    address: str
    name: str
    aliases: list[str]
    team_id: str | None
    topic_id: str | None
    locale: str | None
    acknowledge: bool
    signature_html: str
    sender: Literal["from", "reply_to"]
    position: int
    archived: bool
    version: int
    created_at: str | None
    updated_at: str | None


class SenderRule(Answered):
    """Whose mail is kept out or trusted."""

    id: str
    pattern: str
    verdict: Literal["blocked", "trusted"]
    note: str
    position: int
    version: int
    created_at: str
    updated_at: str


class ForeignReference(Answered):
    """Another tracker's sender, and the form of its ids."""

    sender: str
    pattern: str


class Monitor(Answered):
    """A monitoring system's sender, and how its mails say what they are about."""

    sender: str
    keys: list[str]
    state: str
    recovered: list[str]
    solve: bool


class MailPolicy(Answered):
    """How the desk decides about mail that comes in."""

    closed_ticket_days: int | None
    changed_subject: Literal["new_if_closed", "new", "same"]
    subject_numbers: bool
    attachment_tokens: bool
    foreign_references: list[ForeignReference]
    monitors: list[Monitor]
    copies_per_mail: int
    agents_answer: bool
    agents_forward: bool
    sender_burst: int
    sender_per_minute: int
    ticket_burst: int
    version: int
    created_at: str | None
    updated_at: str | None


class ReceivedMail(Answered):
    """What became of one received mail."""

    id: str
    received_at: str
    ses_id: str
    outcome: Literal["message", "duplicate", "own_loop", "quarantine"]
    cause: str | None
    reason: str | None
    envelope_from: str | None
    recipients: list[str]
    subject: str
    message_id: str | None
    ticket_id: str | None
    ticket_message_id: str | None
    size: int
    defects: list[str]
    verdicts: dict[str, str]
    parser_version: int
    rejected: bool
    purged: bool
    model_config = ConfigDict(extra="allow")  # `from`, which is no name in Python


class PreviewedFile(Answered):
    """A file of a mail that waits; `size` in bytes."""

    filename: str
    content_type: str
    size: int


class MailPreview(Answered):
    """What is in a mail: its words, without pictures, and its files by name."""

    text: str
    html: str | None
    attachments: list[PreviewedFile]


class ReceivedMailDetail(ReceivedMail):
    """What became of one mail, and what is in it; no preview of what was erased, has a virus, or has over 15 MB."""

    preview: MailPreview | None
