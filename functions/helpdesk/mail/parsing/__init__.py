"""Bytes of a mail to what it says: pure, bounded, and never raising."""
