"""Notices and wishes as the canned desk tells them."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
AT = "2026-11-20T08:00:00.000Z"


def state(name: str, reason: str | None = None, until: str | None = None) -> Row:
    """What became of one channel."""
    return {"state": name, "at": AT, "reason": reason, "until": until}


def notice(id_: str, kind: str, ticket: Row | None, **values: Any) -> Row:
    """An unread notice that Mara caused."""
    channels = {"inbox": state("sent"), "mail": state("sent"), "push": state("suppressed", "no_device")}
    rest = {"at": AT, "told_at": AT, "why": "assignee", "level": 1, "type": "x", "message_id": None, "target": None}
    who = {"kind": "agent", "name": "Mara Lindqvist"}
    found = {"id": id_, "kind": kind, "channels": channels, "actor": who, "text": None, "ticket": ticket, "read": False}
    return rest | found | values


def notices(tickets: list[Row]) -> list[Row]:
    """Five of two tickets and one that is out of sight."""
    first, second = ({name: row[name] for name in ("id", "number", "subject")} for row in tickets[:2])
    held = {"inbox": state("sent"), "mail": state("held", "quiet_hours", "2027-01-02T06:00:00.000Z")}
    late = {"kind": "system", "name": None}
    return [
        notice("N6", "mentioned", first),
        notice("N5", "sla_breached", second, actor=late, level=2, target="first_response"),
        notice("N4", "customer_replied", first, channels=held | {"push": state("sent")}),
        notice("N3", "status_changed", None, actor=None),
        notice("N2", "rule", second, actor=late, text="A big customer waits", read=True),
        notice("N1", "assigned", first, read=True),
    ]


def wishes() -> Row:
    """As the desk comes, with one browser."""
    from helpdesk.notifications.model import KINDS
    from helpdesk.notifications.policy import matrix

    device = {"id": "D1", "label": "Firefox, Linux", "service": "push.example", "created_at": AT}
    return {
        "channels": matrix(KINDS),
        "mail": "at_once",
        "daily_at": "08:00",
        "zone": "Europe/Berlin",
        "quiet": None,
        "push_key": "BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo",
        "devices": [device],
        "version": 3,
    }


class CannedNotices:
    """What the desk knows of one colleague's notices."""

    def __init__(self, tickets: list[Row]) -> None:
        self.rows = notices(tickets)
        self.wishes = wishes()
        levels = {"lead_after_minutes": 30, "admin_after_minutes": 60, "mails_per_minute": 5}
        self.policy = {name: self.wishes[name] for name in ("channels", "mail", "version")} | levels
        self.refusal: tuple[int, Row] | None = None
        self.followed: list[Row] = []

    def answer(self, method: str, path: str, query: dict[str, str], body: Row) -> tuple[int, Any] | None:
        """What is asked below /notifications; None for all else."""
        if not path.startswith("/notifications"):
            return None
        if method != "GET" and self.refusal:
            return self.refusal
        rest = path.removeprefix("/notifications").strip("/")
        if rest == "count":
            return 200, {"unread": sum(not row["read"] for row in self.rows), "more": False}
        if rest.startswith("following"):
            return self.following(method, rest.removeprefix("following").strip("/"))
        if rest == "policy":
            if method == "PATCH":
                channels = self.policy["channels"] | (body.get("channels") or {})
                self.policy |= body | {"channels": channels, "version": self.policy["version"] + 1}
            return 200, self.policy
        if rest == "preferences":
            if method == "PATCH":
                channels = self.wishes["channels"] | (body.get("channels") or {})
                self.wishes |= body | {"channels": channels, "version": self.wishes["version"] + 1}
            return 200, self.wishes
        if rest.startswith("push-subscriptions/"):
            self.wishes["devices"] = []
            return 204, None
        if rest == "read":
            self.rows = [row | {"read": True} for row in self.rows]
            return 204, None
        if not rest:
            return 200, {
                "data": [row for row in self.rows if not (query.get("unread") and row["read"])],
                "next_cursor": None,
            }
        (found,) = [row for row in self.rows if row["id"] == rest]
        found["read"] = body["read"]
        return 200, found

    def following(self, method: str, view_id: str) -> tuple[int, Any]:
        """The views that are followed."""
        if method == "GET":
            return 200, {"data": self.followed, "next_cursor": None}
        self.followed = [row for row in self.followed if row["view_id"] != view_id]
        if method == "PUT":
            self.followed.append({"view_id": view_id, "label": "Big customers", "since": AT, "state": "following"})
        return (200, self.followed[-1]) if method == "PUT" else (204, None)
