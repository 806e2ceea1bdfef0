"""The mail domain's own secret, derived from the deployment's: `signing` and its callers take it as a parameter."""

from __future__ import annotations

from helpdesk.core import signing


def mail_key() -> bytes:
    """The key of reply addresses, Message-IDs and loop headers."""
    return signing.key("mail")
