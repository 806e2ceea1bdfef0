"""Short signatures for what strangers hand back to us: reply addresses, Message-IDs, loop headers.

80 bits of HMAC-SHA256 are enough, for every guess costs the attacker a whole mail (RFC 2104, section 5).
"""

from __future__ import annotations

import base64
import hashlib
import hmac

SIGNATURE_CHARACTERS = 16


def sign(key: bytes, purpose: str, *parts: str) -> str:
    """16 lower-case base32 characters (80 bits) over `parts`; a signature for one `purpose` is none for
    another.
    """
    message = "\0".join((purpose, *parts)).encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def is_signed(signature: str, key: bytes, purpose: str, *parts: str) -> bool:
    """Whether `signature` (any case) is that of `parts`, compared in constant time."""
    expected = sign(key, purpose, *parts)
    return hmac.compare_digest(expected.encode(), signature.lower().encode("utf-8", "replace"))
