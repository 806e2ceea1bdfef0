"""How far a mail is who it says it is: SES's verdicts, and one word for them (EM-50, 51).

Power (answering as a colleague, forwarding for a customer) comes from `verified` alone: DMARC passed, which means that
SPF or DKIM passed *for the domain of the From* (RFC 7489, section 3.1). A softfail, neutral or missing verdict is no
pass, and neither is a DKIM signature of somebody else's domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERIFIED, UNVERIFIED, FAILED, UNCHECKED = "verified", "unverified", "failed", "unchecked"
_WORDS = {"PASS": "pass", "FAIL": "fail", "GRAY": "gray", "PROCESSING_FAILED": "error", "DISABLED": "unchecked"}
_ORIGIN = ("spf", "dkim", "dmarc")
_ALL = (*_ORIGIN, "spam", "virus")


def trust_of(verdicts: Mapping[str, str], sent_by: str | None = None, *, one_from: bool = True) -> dict[str, Any]:
    """`{spf, dkim, dmarc, spam, virus, level, sent_by}` of SES's verdicts (`PASS`, `FAIL`, `GRAY`, ...).

    `sent_by` is the address of the From where the mail says that somebody else wrote it: then the verdicts are the
    sender's, not the writer's, and nothing is verified. Nor is it without `one_from`: of several Froms nobody says
    which the verdict is about (RFC 7489, section 6.6.1).
    """
    words = {name: _WORDS.get(verdicts.get(name, "DISABLED").upper(), "gray") for name in _ALL}
    return words | {"level": _level(words, clear=one_from and not sent_by), "sent_by": sent_by}


def _level(words: Mapping[str, str], *, clear: bool) -> str:
    if words["dmarc"] == "fail":
        return FAILED
    if words["dmarc"] == "pass":
        return VERIFIED if clear else UNVERIFIED
    if all(words[name] == "unchecked" for name in _ORIGIN):
        return UNCHECKED
    return UNVERIFIED
