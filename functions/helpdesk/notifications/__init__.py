"""Notifications: who of the staff is told of what, by which channel, when, and why not."""
