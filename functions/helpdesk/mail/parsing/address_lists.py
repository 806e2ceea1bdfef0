"""Address headers as people and programs really write them (RFC 5322, section 3.4; EM-45)."""

from __future__ import annotations

import re

from helpdesk.core.email_address import normalise
from helpdesk.mail.model import Address
from helpdesk.mail.parsing.encoded_words import PATTERN, decode

MOST = 500
LONGEST = 32 * 1024

_TOKEN = re.compile(
    rf"(?P<word>{PATTERN})"
    r'|(?P<quoted>"(?:[^"\\]|\\.){0,200}")'
    r"|(?P<comment>\((?:[^()\\]|\\.|\([^()]{0,100}\)){0,200}\))"
    r"|<(?P<angle>[^<>]*)>"
    r"|(?P<literal>\[[^\]\s]*\])"
    r"|(?P<end>[,;])"
    r"|(?P<group>:)"
    r"|(?P<text>[^\s,;:\"(<\[=]+|\S)",
    re.DOTALL,
)

_COMMENT = re.compile(r"\([^()]*\)")


class _Mailbox:
    """What was seen since the last comma."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comments: list[str] = []
        self.angle: str | None = None

    def address(self, name_before: str) -> Address | None:
        email = _email(self.angle) if self.angle is not None else self._bare()
        if email is None:
            return None
        name = decode(" ".join([*filter(None, [name_before]), *self.words]) or " ".join(self.comments))
        return Address("" if normalise(name) == email else name.strip(" '\"<>"), email)

    def _bare(self) -> str | None:
        for number, word in enumerate(self.words):
            if "@" in word and (email := _email(word)):
                del self.words[number]
                return email
        return None


def parse(value: str) -> tuple[Address, ...]:
    """The mailboxes of an undecoded header value, groups opened, nonsense left out; at most 500."""
    found = _parse(value[:LONGEST])
    if not found and "=?" in value and "@" in (decoded := decode(value)):
        found = _parse(decoded[:LONGEST])
    return tuple(found[:MOST])


def _email(word: str) -> str | None:
    return normalise(decode(_COMMENT.sub("", word)))


def _parse(value: str) -> list[Address]:
    found: list[Address] = []
    mailbox, surname, glue = _Mailbox(), "", -1
    for token in _TOKEN.finditer(value):
        if token.lastgroup == "end":
            surname = _finish(mailbox, surname, found)
            mailbox, glue = _Mailbox(), -1
        else:
            glue = _take(mailbox, token, glue)
    _finish(mailbox, surname, found)
    return found


def _take(mailbox: _Mailbox, token: re.Match[str], glue: int) -> int:
    """Add one token; `glue` is where the last bare text ended, so that `a` `[1.2]` or `x` `=` stay one word."""
    kind, text = token.lastgroup, token.group()
    if kind == "angle":
        mailbox.angle = token.group("angle") if mailbox.angle in {None, ""} else mailbox.angle
    elif kind == "group":
        mailbox.words.clear()
    elif kind == "comment":
        mailbox.comments.append(text[1:-1])
    elif kind == "quoted":
        mailbox.words.append(re.sub(r"\\(.)", r"\1", text[1:-1]))
        return token.end() if token.string.startswith("@", token.end()) else -1
    elif kind in {"text", "literal"} and glue == token.start() and mailbox.words:
        mailbox.words[-1] += text
    else:
        mailbox.words.append(text)
    return token.end() if kind in {"text", "literal"} else -1


def _finish(mailbox: _Mailbox, surname: str, found: list[Address]) -> str:
    """Close a mailbox; a piece without any address is the first half of an unquoted `Doe, John <...>`."""
    address = mailbox.address(f"{surname}," if surname and mailbox.angle else "")
    if address:
        found.append(address)
        return ""
    return " ".join(mailbox.words) if mailbox.angle is None else ""
