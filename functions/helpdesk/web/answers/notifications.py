"""Answers of notices and of how people wish to be told."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered

Channel = Literal["inbox", "mail", "push"]


class ChannelState(Answered):
    """What became of one channel: `until` when it was held to go then, `reason` why it did not go at once or at all."""

    state: Literal["sent", "sending", "held", "suppressed", "failed"]
    at: str
    reason: str | None
    until: str | None


class NoticeActor(Answered):
    """Who did it; without a name it was the desk, a key, or somebody who is gone."""

    kind: Literal["agent", "contact", "key", "system"] | None
    name: str | None


class NoticeTicket(Answered):
    """The ticket as it is now."""

    id: str
    number: int
    subject: str


class Notice(Answered):
    """Something that happened to a ticket, and how one was told; `ticket` is null when it is out of sight by now."""

    id: str
    at: str
    told_at: str
    kind: str
    why: str
    level: int
    type: str
    message_id: str | None
    target: str | None
    channels: dict[Channel, ChannelState]
    actor: NoticeActor | None
    text: str | None
    ticket: NoticeTicket | None
    read: bool


class FollowedView(Answered):
    """A kept view that one follows; it rests while it is gone, out of sight, or asks for words."""

    view_id: str
    label: str
    since: str
    state: Literal["following", "gone", "not_in_sight", "words"]


class NoticeCount(Answered):
    """Unread among the newest hundred; `more` when all of them are."""

    unread: int
    more: bool


class QuietHours(Answered):
    """When nothing is mailed or pushed."""

    since: str
    until: str
    days: list[str]


class PushDevice(Answered):
    """A browser that gets push messages, and whose service carries them."""

    id: str
    label: str
    service: str
    created_at: str


class NotificationPreferences(Answered):
    """By which channels one is told of which kind, when mail comes, and in which hours nothing does."""

    channels: dict[str, list[Channel]]
    mail: Literal["off", "at_once", "hourly", "daily"]
    daily_at: str
    zone: str
    quiet: QuietHours | None
    push_key: str
    devices: list[PushDevice]
    version: int


class NotificationPolicy(Answered):
    """What holds for whoever wishes nothing else, and when a broken promise goes up a level."""

    channels: dict[str, list[Channel]]
    mail: Literal["off", "at_once", "hourly", "daily"]
    lead_after_minutes: int | None
    admin_after_minutes: int | None
    mails_per_minute: int
    version: int
