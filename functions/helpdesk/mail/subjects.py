"""Subjects without the prefixes that mail programs pile up (EM-04, EM-72)."""

from __future__ import annotations

import re

_REPLY = r"(?:re|r|aw|antw|antwort|sv|vs|vb|odp|ynt|res|rif|réf|ref|ynt|回复|回覆|答复|答覆|返信|답장|ответ|отв)"
_FORWARD = r"(?:fwd?|wg|tr|rv|i|enc|doorst|vl|fs|pd|转发|轉寄|転送|전달|пересл)"
_COUNT = r"(?:\s?[\[(]\d{1,3}[\])]|\^\d{1,3})?"
_REPLIES = re.compile(rf"\s*(?:{_REPLY}{_COUNT}\s?[:：]\s*)+", re.IGNORECASE)
_PREFIXES = re.compile(rf"\s*(?:(?:{_REPLY}|{_FORWARD}){_COUNT}\s?[:：]\s*)+", re.IGNORECASE)


def reply_subject(subject: str) -> str:
    """The subject of an answer: `Re: ` once, whatever prefixes of that kind `subject` brings along."""
    return "Re: " + _REPLIES.sub("", subject, count=1).strip() if _REPLIES.match(subject) else f"Re: {subject.strip()}"


def base_subject(subject: str) -> str:
    """`subject` as far as it tells the topic: no prefixes, one space between words, case folded."""
    return without_prefixes(subject).casefold()


def without_prefixes(subject: str) -> str:
    """`subject` without what replies and forwards put before it, with one space between words."""
    bare = _PREFIXES.sub("", subject, count=1) if _PREFIXES.match(subject) else subject
    return " ".join(bare.split())
