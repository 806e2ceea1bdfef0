"""Bodies of notices, wishes and push subscriptions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Line, Weekday

Channel = Literal["inbox", "mail", "push"]
Kind = Literal[
    "mentioned",
    "assigned",
    "customer_replied",
    "sla_breached",
    "sla_warned",
    "rule",
    "reply_held",
    "team_ticket",
    "colleague_wrote",
    "status_changed",
    "priority_changed",
    "view_match",
    "new_ticket",
]
Mode = Literal["off", "at_once", "hourly", "daily"]
Time = Annotated[str, StringConstraints(max_length=5)]

Channels = dict[Kind, Annotated[list[Channel], Field(max_length=3)]]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NoticeChange(Body):
    """Whether it is read."""

    read: bool


class QuietHours(Body):
    """When nothing is mailed or pushed, on the days on which it begins; over midnight if it ends before it begins."""

    since: Time
    until: Time
    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]


class PreferencesChange(Body):
    """Any of one's wishes; kinds that `channels` leaves out stay, null gives back what the organisation has set."""

    channels: Channels | None = None
    mail: Mode | None = None
    daily_at: Time | None = None
    zone: Annotated[str, StringConstraints(max_length=60)] | None = None
    quiet: QuietHours | None = None


class NotificationPolicyChange(Body):
    """Any of the organisation's settings; kinds that `channels` leaves out stay; minutes null is never."""

    channels: Channels = Field(default={})
    mail: Mode = "at_once"
    lead_after_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    admin_after_minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    mails_per_minute: Annotated[int, Field(ge=1, le=100)] = 5


class PushKeys(Body):
    """The browser's keys, BASE64URL (RFC 8291)."""

    p256dh: Key
    auth: Key


class NewPushSubscription(Body):
    """A browser's subscription, as `PushSubscription.toJSON()` gives it, and a name for it."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    keys: PushKeys
    label: Line | None = None
