"""Text out of HTML, for mails that bring no text of their own: nh3 makes the markup regular, this reads it
aloud.
"""

from __future__ import annotations

import re

from helpdesk.markup.cleaner import clean
from helpdesk.markup.tokens import tokens

LONGEST = 1_000_000
"""Characters of HTML that are read; the rest stays in the HTML body and in the raw mail."""

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote", "hr"})
_BLOCKS = frozenset({"div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "address", "center"})
_TAGS = {*_PARAGRAPHS, *_BLOCKS, "br", "td", "th", "a"}
_SPACE = re.compile(r"[ \t\r\n\f]+")


def to_text(html: str) -> str:
    """`html` as plain text: blocks on lines, list items with a dash, quotes with `>`, links with their
    address.
    """
    regular = clean(
        html[:LONGEST],
        tags=_TAGS,
        clean_content_tags={"script", "style", "title", "head", "template"},
        attributes={"a": {"href"}},
        link_rel=None,
        url_schemes={"http", "https"},
    )
    reader = _Reader()
    for token in tokens(regular):
        if not token.name:
            reader.add(token.text())
        elif token.closes:
            reader.close(token.name)
        else:
            reader.open(token.name, token.attributes().get("href", "") if token.name == "a" else "")
    return reader.result()


class _Reader:
    """Collects lines; white space at the edges of a line is nothing, as on a screen."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.preformatted = 0
        self.links: list[tuple[str, int]] = []

    def add(self, text: str) -> None:
        if self.preformatted:
            first, *rest = text.split("\n")
            self.line.append(first)
            for part in rest:
                self.end_line()
                self.line.append(part)
        else:
            self.line.append(_SPACE.sub(" ", text))

    def open(self, name: str, href: str) -> None:
        if name == "br":
            self.end_line(keep_empty=True)
        elif name in {"td", "th"} and self.pending():
            self.line.append("\t")
        elif name == "a":
            self.links.append((href, len(self.line)))
        elif name in _PARAGRAPHS or name in _BLOCKS:
            self.end_block(paragraph=name in _PARAGRAPHS)
            self.line += ["- "] if name == "li" else []
            self.quotes += name == "blockquote"
            self.preformatted += name == "pre"

    def close(self, name: str) -> None:
        if name == "a" and self.links:
            self.end_link(*self.links.pop())
        elif name in _PARAGRAPHS or name in _BLOCKS:
            self.end_block(paragraph=False)
            self.quotes -= name == "blockquote"
            self.preformatted -= name == "pre"
            self.end_block(paragraph=name in _PARAGRAPHS)

    def end_link(self, href: str, start: int) -> None:
        shown = "".join(self.line[start:]).strip()
        if href and shown and shown not in href and href.rstrip("/") not in shown:
            self.line.append(f" ({href})")

    def pending(self) -> bool:
        return bool("".join(self.line).strip())

    def end_block(self, *, paragraph: bool) -> None:
        if self.pending():
            self.end_line()
        if paragraph and self.lines:
            gap = self.margin().rstrip()
            self.lines[-1:] = [self.lines[-1], gap] if self.lines[-1].strip("> ") else [gap]

    def end_line(self, *, keep_empty: bool = True) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.preformatted else re.sub(r" *\t *", "\t", text).strip(" ")
        self.line = []
        if text.strip() or keep_empty:
            self.lines.append((self.margin() + text.replace("\xa0", " ")).rstrip())

    def margin(self) -> str:
        return "> " * self.quotes

    def result(self) -> str:
        self.end_block(paragraph=False)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")
