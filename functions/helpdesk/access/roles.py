"""Permissions and the preset roles; custom roles extend the same table."""

from __future__ import annotations

PERMISSIONS = {
    "tickets:read": "read tickets, their messages and attachments",
    "tickets:write": "create, answer and change tickets",
    "tickets:delete": "move tickets to the trash",
    "people:read": "read customers and colleagues",
    "people:write": "create and change customers; colleagues only with settings:write",
    "settings:read": "read statuses, teams and other settings",
    "settings:write": "change settings, invite colleagues, give roles",
    "keys:write": "list, create and revoke API keys",
    "mail:read": "read the ledger of received mail and the quarantine",
    "mail:write": "release mail from the quarantine",
    "events:read": "follow the event feed",
    "webhooks:read": "read webhooks and the ledger of their deliveries",
    "webhooks:write": "make, change and replay webhooks",
    "own:read": "a customer: read own tickets in the portal",
    "own:write": "a customer: open, answer, close and reopen own tickets",
}

_CUSTOMER = {"own:read", "own:write"}
_STAFF = set(PERMISSIONS) - _CUSTOMER

ROLES: dict[str, frozenset[str]] = {
    "admin": frozenset(_STAFF),
    "supervisor": frozenset(_STAFF - {"settings:write", "keys:write", "webhooks:read", "webhooks:write"}),
    "agent": frozenset(
        {"tickets:read", "tickets:write", "people:read", "people:write", "settings:read", "events:read"}
    ),
    "viewer": frozenset({"tickets:read", "people:read", "settings:read", "events:read"}),
}

CONTACT = frozenset(_CUSTOMER)
