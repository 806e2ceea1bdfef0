"""What there is to be allowed: permissions, ways to see tickets, and the roles that a desk comes with."""

from __future__ import annotations

from dataclasses import dataclass

PERMISSIONS = {
    "tickets:read": "read the tickets in one's sight, their messages and attachments",
    "tickets:write": "create, answer and change tickets",
    "tickets:delete": "move tickets to the trash, see it and restore from it",
    "tickets:purge": "erase tickets in the trash for good before their time",
    "tickets:bulk": "change many tickets at once by a job",
    "tickets:undo": "undo what somebody else did between two times",
    "people:read": "read customers and colleagues",
    "people:write": "create and change customers; colleagues only with settings:write",
    "settings:read": "read statuses, teams and other settings",
    "settings:write": "change settings, invite colleagues, give roles",
    "roles:write": "define roles",
    "keys:write": "list, create and revoke API keys",
    "mail:read": "read the ledger of received mail, the quarantine and the suppressed addresses",
    "mail:write": "release mail from the quarantine",
    "events:read": "follow the event feed",
    "webhooks:read": "read webhooks and the ledger of their deliveries",
    "webhooks:write": "make, change and replay webhooks",
    "numbers:read": "see the numbers of every colleague and team; one's own are open to each",
    "audit:read": "read the audit trail, and why somebody may see a ticket",
    "own:read": "a customer: read own tickets in the portal",
    "own:write": "a customer: open, answer, close and reopen own tickets",
}

SIGHTS = {
    "all": "every ticket",
    "teams": "tickets of one's own teams",
    "assigned": "tickets assigned to oneself",
    "unassigned": "tickets assigned to nobody",
}

_CUSTOMER = {"own:read", "own:write"}
STAFF_PERMISSIONS = frozenset(PERMISSIONS) - _CUSTOMER
CONTACT = frozenset(_CUSTOMER)


@dataclass(frozen=True)
class Role:
    """What colleagues of a role may do, and which tickets they see."""

    id: str
    label: str
    permissions: frozenset[str]
    sees: frozenset[str] = frozenset({"all"})


_READING = {"tickets:read", "people:read", "settings:read", "events:read"}
_ADMINISTRATION = {"settings:write", "roles:write", "keys:write", "tickets:purge", "webhooks:read", "webhooks:write"}

BUILT_IN = {
    role.id: role
    for role in (
        Role("admin", "Administrator", STAFF_PERMISSIONS),
        Role("supervisor", "Supervisor", STAFF_PERMISSIONS - _ADMINISTRATION),
        Role("agent", "Agent", frozenset(_READING | {"tickets:write", "tickets:bulk", "people:write"})),
        Role("viewer", "Viewer", frozenset(_READING)),
    )
}
