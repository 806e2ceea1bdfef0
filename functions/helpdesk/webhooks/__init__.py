"""Webhooks: every event to everyone who asked for it, in order, at least once, with a ledger of every try."""
