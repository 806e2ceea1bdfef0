"""A mail body as lines, from text or HTML alike, each knowing whether a mail program marked it as quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpdesk.markup.tokens import Token, tokens

_BLOCK_NAMES = "p div h1 h2 h3 h4 h5 h6 ul ol li table tr blockquote pre hr dl dt dd center address br figure"
_BLOCKS = frozenset(_BLOCK_NAMES.split(" "))
_CITED = re.compile(r"\b(?:yahoo_quoted|protonmail_quote|tutanota_quote|cite)\b")
_BEGINS_MARKED = re.compile(
    r"\b(?:gmail_quote|gmail_quote_container|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|tutanota_quote"
    r"|zmail_extra|lambdesk_quote)\b"
)
_BEGINS_UNMARKED = re.compile(
    r"\b(?:x_)*(?:divRplyFwdMsg|OLK_SRC_BODY_SECTION|stopSpelling|appendonsend|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-reference-message|OutlookMessageHeader|reply-intro)\b"
)
_SIGNATURE = re.compile(
    r"\b(?:x_)*(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|AppleMailSignature|protonmail_signature_block"
    r"|yahoo-signature|lambdesk_signature)\b|\A\s*\bSignature\b|\bSignature\s*\Z"
)
_OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s+#?(?:e1e1e1|b5c4df)|border-top-color:\s*rgb\(229,\s*229,\s*229\)", re.I
)


@dataclass(slots=True)
class Line:
    """`start` is where it begins in the source. `head`: a program's mark that a quote begins here.

    `quoted` lines stand behind a `>` or (`from_markup`) in a blockquote, which is `cited` if a mail program
    made it. `head` is `marked` if that program also marks the quoted lines, `unmarked` if all below is quote,
    else empty. `signature` lines stand in what a program marked as one.
    """

    text: str
    start: int
    quoted: bool
    cited: bool
    head: str = ""
    from_markup: bool = False
    signature: bool = False


def of_text(text: str) -> list[Line]:
    """The lines of a plain body."""
    lines, start = [], 0
    for source in text.splitlines(keepends=True):
        quoted = source.lstrip().startswith(">")
        bare = source.lstrip("> \t").strip() if quoted else source.strip()
        lines.append(Line(bare, start, quoted, cited=False))
        start += len(source)
    return lines


def of_html(html: str) -> list[Line]:
    """The lines of a body that `sanitise.regular` has put out."""
    reader = _Reader()
    for token in tokens(html):
        reader.read(token)
    reader.end_line()
    return reader.lines


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.start = -1
        self.head, self.head_start = "", -1
        self.open: list[tuple[str, bool, bool, bool]] = []

    def read(self, token: Token) -> None:
        if not token.name:
            self.add(token)
            return
        if token.name in _BLOCKS:
            self.end_line()
        if token.closes:
            self.leave(token.name)
        else:
            self.enter(token)

    def add(self, token: Token) -> None:
        if self.start < 0 and token.source.strip():
            self.start = token.start
        self.parts.append(token.text())

    def enter(self, token: Token) -> None:
        attributes = token.attributes()
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        kind = _kind(names, attributes.get("style", ""))
        if kind and not self.head:
            self.head, self.head_start = kind, token.start
        quoted = token.name == "blockquote" or bool(_CITED.search(names))
        cited = bool(_CITED.search(names)) or attributes.get("type") == "cite" or "gmail_quote" in names
        if token.name not in {"br", "hr", "img", "col"}:
            self.open.append((token.name, quoted, quoted and cited, bool(_SIGNATURE.search(names))))

    def leave(self, name: str) -> None:
        while self.open and self.open.pop()[0] != name:
            pass

    def end_line(self) -> None:
        text = " ".join("".join(self.parts).replace("\u200e", "").split())
        if text:
            start = self.head_start if self.head else self.start
            quoted, cited = any(one[1] for one in self.open), any(one[2] for one in self.open)
            by_sign = text.startswith(">")
            signed = any(one[3] for one in self.open)
            self.lines.append(Line(text.lstrip("> "), start, quoted or by_sign, cited, self.head, quoted, signed))
            self.head = ""
        self.parts, self.start = [], -1


def _kind(names: str, style: str) -> str:
    if _BEGINS_UNMARKED.search(names) or _OUTLOOK_RULE.search(style):
        return "unmarked"
    return "marked" if _BEGINS_MARKED.search(names) else ""
