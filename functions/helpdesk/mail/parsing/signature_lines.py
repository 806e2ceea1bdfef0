"""Where somebody's signature begins below his words (EM-65). For display only, like all that is folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpdesk.mail.parsing.quote_lines import Line

_LONGEST = 15
"""Lines: what is longer is more than a signature."""

_DELIMITER = re.compile(r"--\Z")
_DEVICE = (
    r"(?:i ?(?:phone|pad|pod|mac)|android|galaxy|samsung|huawei|xiaomi|pixel|nokia|blackberry|outlook|windows|yahoo|aol"
    r"|gmx|web\.de|proton|thunderbird|mail|mobile|smartphone|handy|tablet|ios)"
)
_SENT_FROM = re.compile(
    r"(?:(?:sent (?:from|via|with|by)|get outlook for|gesendet (?:von|mit)|von meinem|diese nachricht wurde von meinem"
    r"|envoyé (?:de|depuis|à partir)|enviado (?:desde|do|a partir)|inviato d|verzonden (?:vanaf|met|via)"
    r"|skickat från|sendt fra|lähetetty|wysłan[oe] z|odesláno z|отправлено (?:с|из)|发自我的).{0,40}"
    + _DEVICE + r"[\w .'’()+-]{0,30}|.{0,30}" + _DEVICE + r".{0,10}(?:から送信|에서 보냄|'?den gönderildi))\Z",
    re.IGNORECASE,
)  # fmt: skip


def begin(lines: Sequence[Line]) -> int | None:
    """The number of the line with which a signature at the end of `lines` begins, if there are words above it."""
    filled = [number for number, line in enumerate(lines) if line.text]
    start = _delimited(lines, filled) or _marked(lines, filled) or _sent_from(lines, filled)
    return start if start and any(line.text and not line.quoted for line in lines[:start]) else None


def _delimited(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """Below `-- ` (RFC 3676, section 4.3)."""
    for number in reversed(filled[-_LONGEST - 1 :]):
        if lines[number].quoted:
            return None
        if _DELIMITER.match(lines[number].text):
            return number
    return None


def _marked(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """What the program itself calls the signature, if nothing stands below it."""
    start = None
    for number in reversed(filled):
        if not lines[number].signature:
            break
        start = number
    return start


def _sent_from(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """`Sent from my iPhone`, in the languages that it comes in."""
    last = filled[-1] if filled else 0
    short = filled and not lines[last].quoted and len(lines[last].text) <= 100
    return last if short and _SENT_FROM.match(lines[last].text.strip("*_ ")) else None
