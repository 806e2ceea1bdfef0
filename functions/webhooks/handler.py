"""Routes of webhooks, the ledger of their deliveries, and the types of events."""

from __future__ import annotations

from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.webhooks import event_types, ledger, service

api = Api()
handler = api.handler
_NEW, _CHANGES, _REPLAY = (f"webhooks.bodies:{name}" for name in ("WebhookBody", "WebhookChanges", "Replay"))


@api.route("GET", "/v1/event-types", needs="events:read", gives="list:EventType")
def list_event_types(_call: Call) -> Answer:
    """List the types of events, each with its JSON Schema and an example."""
    return listed(event_types.described())


@api.route("GET", "/v1/webhooks", needs="webhooks:read", gives="list:Webhook")
def list_webhooks(call: Call) -> Answer:
    """List the webhooks, with how each fares."""
    return listed(service.list_all(call.actor.org_id))


@api.route("POST", "/v1/webhooks", needs="webhooks:write", takes=_NEW, gives="NewWebhook", status=201)
def create_webhook(call: Call) -> Answer:
    """Make a webhook; its secret is shown this once."""
    webhook = service.create(call.cause, call.body)
    return versioned(webhook, 201, Location=f"/v1/webhooks/{webhook['id']}")


@api.route("GET", "/v1/webhooks/{webhook_id}", needs="webhooks:read", gives="Webhook")
def get_webhook(call: Call) -> Answer:
    """Read a webhook."""
    return versioned(service.get(call.actor.org_id, call.path["webhook_id"]))


@api.route("PATCH", "/v1/webhooks/{webhook_id}", needs="webhooks:write", takes=_CHANGES, gives="Webhook")
def change_webhook(call: Call) -> Answer:
    """Change a webhook; one that is enabled again gets everything that it missed, in order."""
    return versioned(service.change(call.cause, call.path["webhook_id"], call.body, call.version))


@api.route("DELETE", "/v1/webhooks/{webhook_id}", needs="webhooks:write", status=204)
def delete_webhook(call: Call) -> Answer:
    """Remove a webhook, and what it would still have sent."""
    service.delete(call.cause, call.path["webhook_id"], call.version)
    return Answer(204)


@api.route("POST", "/v1/webhooks/{webhook_id}/secret", needs="webhooks:write", gives="NewWebhook")
def rotate_secret(call: Call) -> Answer:
    """Give a webhook a new secret, shown this once; the old one signs as well for 24 hours."""
    return versioned(service.rotate(call.cause, call.path["webhook_id"], call.version))


@api.route("POST", "/v1/webhooks/{webhook_id}/test", needs="webhooks:write", gives="WebhookTest")
def try_webhook(call: Call) -> Answer:
    """Send a `webhook.test` event now, and tell what the endpoint said."""
    return Answer(200, service.try_out(call.cause, call.path["webhook_id"]))


@api.route(
    "POST", "/v1/webhooks/{webhook_id}/replay", needs="webhooks:write", takes=_REPLAY, gives="WebhookReplay", status=202
)
def replay(call: Call) -> Answer:
    """Send deliveries again under their ids: those named, or all events between two times."""
    given = {"from" if name == "since" else name: value for name, value in call.body.items() if value}
    return Answer(202, ledger.replay(call.cause, call.path["webhook_id"], given))


@api.route("GET", "/v1/webhooks/{webhook_id}/deliveries", needs="webhooks:read", gives="list:WebhookDelivery")
def list_deliveries(call: Call) -> Answer:
    """List what was sent, the newest first; `status` is delivered, pending or failed."""
    rows, position = ledger.list_deliveries(
        call.actor.org_id,
        call.path["webhook_id"],
        status=call.query.get("status"),
        before=cursors.position_of(call),
        limit=call.limit(),
    )
    return listed(rows, cursors.seal(call, position))


@api.route(
    "GET", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}", needs="webhooks:read", gives="WebhookDeliveryDetail"
)
def get_delivery(call: Call) -> Answer:
    """Read a delivery with each of its tries."""
    return Answer(200, ledger.get_delivery(call.actor.org_id, call.path["webhook_id"], call.path["delivery_id"]))
