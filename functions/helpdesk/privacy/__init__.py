"""Erasing for good: every byte of a ticket, in every store, and the proof of it."""
