"""Bodies that mailboxes, rules for senders and the mail policy take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.fields import Body, Email, Id, Line

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f]*$")]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]
Aliases = Annotated[list[Email], Field(max_length=50)]
Html = Annotated[str, StringConstraints(max_length=20_000)]
Text = Annotated[str, StringConstraints(max_length=500)]
Label = Annotated[str, StringConstraints(pattern=r"^[^\s:][^\r\n:]{0,59}$")]
Pattern = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Rate = Annotated[int, Field(ge=1, le=10_000)]


class _Change(Body):
    """A change in which only what may be absent can become null."""

    @model_validator(mode="after")
    def _not_null(self) -> _Change:
        may = {"team_id", "topic_id", "locale", "closed_ticket_days"}
        empty = [name for name in sorted(self.model_fields_set - may) if getattr(self, name) is None]
        if empty:
            raise ValueError(f"{', '.join(empty)} cannot be null")
        return self


class ReleaseWish(Body):
    """Whether the sender of a mail that is released is trusted from now on."""

    trust: bool = False


class NewMailbox(Body):
    """An inbound address, its other names, and what its tickets begin with; `sender` for web forms is reply_to."""

    address: Email
    name: Name = ""
    aliases: Aliases | None = None
    team_id: Id | None = None
    topic_id: Id | None = None
    locale: Locale | None = None
    acknowledge: bool = True
    signature_html: Html = ""
    sender: Literal["from", "reply_to"] = "from"


class MailboxChange(_Change):
    """What can change of a mailbox; archived false brings it back."""

    address: Email | None = None
    name: Name | None = None
    aliases: Aliases | None = None
    team_id: Id | None = None
    topic_id: Id | None = None
    locale: Locale | None = None
    acknowledge: bool | None = None
    signature_html: Html | None = None
    sender: Literal["from", "reply_to"] | None = None
    archived: Literal[False] | None = None


class NewSenderRule(Body):
    """Whose mail is kept out or trusted: an address, or @ and a domain."""

    pattern: Email
    verdict: Literal["blocked", "trusted"]
    note: Text = ""


class SenderRuleChange(_Change):
    """What can change of a rule."""

    pattern: Email | None = None
    verdict: Literal["blocked", "trusted"] | None = None
    note: Text | None = None


class ForeignReference(Body):
    """Another tracker's sender, and the form of its ids."""

    sender: Email
    pattern: Pattern


class Monitor(Body):
    """A monitoring system's sender, and how its mails say what they are about."""

    sender: Email
    keys: Annotated[list[Label], Field(min_length=1, max_length=5)] = Field(default_factory=lambda: ["Host", "Service"])
    state: Label = "State"
    recovered: Annotated[list[Line], Field(max_length=20)] = Field(default_factory=lambda: ["OK", "UP"])
    solve: bool = True


class MailPolicyChange(_Change):
    """What can change of the policy; closed_ticket_days null is no limit."""

    closed_ticket_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    changed_subject: Literal["new_if_closed", "new", "same"] | None = None
    subject_numbers: bool | None = None
    attachment_tokens: bool | None = None
    foreign_references: Annotated[list[ForeignReference], Field(max_length=20)] | None = None
    monitors: Annotated[list[Monitor], Field(max_length=20)] | None = None
    copies_per_mail: Annotated[int, Field(ge=0, le=50)] | None = None
    agents_answer: bool | None = None
    agents_forward: bool | None = None
    sender_burst: Rate | None = None
    sender_per_minute: Rate | None = None
    ticket_burst: Rate | None = None
