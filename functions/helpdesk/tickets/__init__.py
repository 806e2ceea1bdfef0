"""The ticket: its snapshot, its events, its messages, and the one way to change it."""
