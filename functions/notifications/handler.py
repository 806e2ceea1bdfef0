"""Routes of somebody's own notices, of how he wishes to be told, and of the browsers that get push messages."""

from __future__ import annotations

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.notifications import inbox, policy
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned

api = Api()
handler = api.handler
_BODIES = "notifications.bodies"
_FOLLOWING = "/v1/notifications/following"
_OWN, _POLICY = "/v1/notifications/preferences", "/v1/notifications/policy"


@api.route("GET", "/v1/notifications", needs="tickets:read", gives="list:Notice")
def list_notices(call: Call) -> Answer:
    """List one's own notices, newest first; unread=1 leaves out what is read."""
    wanted = call.query.get("unread", "0")
    if wanted not in ("0", "1"):
        raise Invalid("unread is 0 or 1", FieldError("/unread", "unknown", "0 or 1"), malformed=True)
    before, limit = cursors.position_of(call), call.limit()
    rows, last = inbox.page(call.actor, before=before, limit=limit, unread=wanted == "1")
    return listed(rows, cursors.seal(call, last))


@api.route("GET", _POLICY, needs="settings:read", gives="NotificationPolicy")
def read_policy(call: Call) -> Answer:
    """Read how those are told who wish nothing else, and when a broken promise goes up a level."""
    return versioned(policy.shown_policy(call.actor.org_id))


@api.route(
    "PATCH", _POLICY, needs="settings:write", takes=f"{_BODIES}:NotificationPolicyChange", gives="NotificationPolicy"
)
def change_policy(call: Call) -> Answer:
    """Change the defaults of the organisation's people, the levels of escalation, and what a storm is."""
    return versioned(policy.change_policy(call.cause, call.body, call.version))


@api.route("GET", "/v1/notifications/count", needs="tickets:read", gives="NoticeCount")
def count_notices(call: Call) -> Answer:
    """Count one's unread notices, among the newest hundred."""
    return Answer(200, inbox.unread_count(call.actor))


@api.route("PUT", "/v1/notifications/read", needs="tickets:read", status=204)
def read_all_notices(call: Call) -> Answer:
    """Say that everything until now is read."""
    inbox.read_all(call.actor)
    return Answer(204)


@api.route("GET", _OWN, needs="tickets:read", gives="NotificationPreferences")
def read_preferences(call: Call) -> Answer:
    """Read how one is told, and the key by which a browser subscribes."""
    from helpdesk.notifications import preferences

    return versioned(preferences.read(call.actor))


@api.route(
    "PATCH",
    _OWN,
    needs="tickets:read",
    takes=f"{_BODIES}:PreferencesChange",
    gives="NotificationPreferences",
)
def change_preferences(call: Call) -> Answer:
    """Change by which channels one is told of what, when mail comes, and quiet hours."""
    from helpdesk.notifications import preferences

    return versioned(preferences.change(call.actor, call.body, call.version))


@api.route(
    "POST",
    "/v1/notifications/push-subscriptions",
    needs="tickets:read",
    takes=f"{_BODIES}:NewPushSubscription",
    gives="PushDevice",
    status=201,
)
def subscribe(call: Call) -> Answer:
    """Let a browser of one's own get push messages; one that is known is renewed."""
    from helpdesk.notifications import devices

    own = inbox.require_person(call.actor)
    return Answer(201, devices.add_device(call.actor.org_id, own, call.body))


@api.route("DELETE", "/v1/notifications/push-subscriptions/{subscription_id}", needs="tickets:read", status=204)
def unsubscribe(call: Call) -> Answer:
    """Push no more to a browser of one's own."""
    from helpdesk.notifications import devices

    own = inbox.require_person(call.actor)
    devices.remove_device(call.actor.org_id, own, call.path["subscription_id"])
    return Answer(204)


@api.route("GET", _FOLLOWING, needs="tickets:read", gives="list:FollowedView")
def list_followed(call: Call) -> Answer:
    """List the kept views that one follows, and which of them rest, and why."""
    from helpdesk.following import service as following

    return listed(following.followed(call.actor))


@api.route("PUT", f"{_FOLLOWING}/{{view_id}}", needs="tickets:read", gives="FollowedView")
def follow_view(call: Call) -> Answer:
    """Be told of each ticket that comes into a kept view."""
    from helpdesk.following import service as following

    return Answer(200, following.follow(call.actor, call.cause, call.path["view_id"]))


@api.route("DELETE", f"{_FOLLOWING}/{{view_id}}", needs="tickets:read", status=204)
def unfollow_view(call: Call) -> Answer:
    """Be told of a view no more."""
    from helpdesk.following import service as following

    following.unfollow(call.actor, call.cause, call.path["view_id"])
    return Answer(204)


@api.route(
    "PATCH", "/v1/notifications/{notice_id}", needs="tickets:read", takes=f"{_BODIES}:NoticeChange", gives="Notice"
)
def change_notice(call: Call) -> Answer:
    """Say that a notice is read, or unread again."""
    return Answer(200, inbox.mark(call.actor, call.path["notice_id"], call.body["read"]))
