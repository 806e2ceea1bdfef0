"""The MIME structure, read by the standard library within bounds on parts, depth and headers (EM-53, 54, 56).

Only the structure: the library's header classes raise on some real mail and need quadratic time for long
values, so header values leave the policy as they came and are read by `header_lines`, `address_lists` and
`filenames`.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.parser import BytesFeedParser
from email.policy import EmailPolicy
from typing import Any

from helpdesk.mail.parsing.bounds import DEEPEST, Budget, OutOfBoundsError

MOST_HEADERS = 2_000
LONGEST_FIELD = 8 * 1024
_CHUNK = 1024 * 1024


class _Policy(EmailPolicy):
    """The modern policy, but header values come out as plain, bounded text."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, first = sourcelines[0].partition(":")
        return name, (first.lstrip(" \t") + "".join(sourcelines[1:])).rstrip("\r\n")

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value[:LONGEST_FIELD].replace("\r", "").replace("\n", " ")


POLICY = _Policy(refold_source="none", cte_type="8bit", utf8=True, linesep="\r\n")


class Part(EmailMessage):
    """A node that knows its payload as it came; the library's own `get_payload` decodes on its way out."""

    header_count = 0
    _payload: Any

    @property
    def octets(self) -> bytes:
        """The payload as the bytes that it was; the library takes the line end before a boundary off at last."""
        return self._payload.encode("ascii", "surrogateescape") if isinstance(self._payload, str) else b""

    def set_raw(self, name: str, value: Any) -> None:
        """Store a header of the mail, up to the bound."""
        self.header_count += 1
        if self.header_count > MOST_HEADERS:
            raise OutOfBoundsError
        super().set_raw(name, value)


class _Bounds:
    """Makes the parts of one mail, and stops when there are too many or too deep ones."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.parser: object = None

    def make_part(self, policy: Any = POLICY) -> Part:
        self.budget.take_part()
        # The parser's own stack is the only place that knows the depth while it reads.
        if len(getattr(self.parser, "_msgstack", ())) > DEEPEST:
            raise OutOfBoundsError
        return Part(policy)


def read(raw: bytes, budget: Budget | None = None) -> tuple[Part, tuple[str, ...]]:
    """The tree of `raw` with the defect codes of the library, those of inner parts too.

    Raises
    ------
    OutOfBoundsError
        for a mail beyond the bounds, so that nobody spends more time on it.
    """
    bounds = _Bounds(budget or Budget())
    bounds.parser = parser = BytesFeedParser(bounds.make_part, policy=POLICY)
    for start in range(0, len(raw), _CHUNK):
        parser.feed(raw[start : start + _CHUNK])
        bounds.budget.check_time()
    root = parser.close()
    assert isinstance(root, Part)  # noqa: S101
    return root, tuple(dict.fromkeys(_code(defect) for part in own_parts(root) for defect in part.defects))


def own_parts(root: Message) -> Iterator[Message]:
    """The parts of the mail itself, in order; what is in a mail that it has attached is that mail's affair."""
    yield root
    if root.get_content_maintype().lower() == "multipart":
        for child in children(root):
            yield from own_parts(child)


def children(part: Message) -> list[Message]:
    """The parts within; the library would decode the payload of a part that has none, and may raise on it."""
    return [child for child in part.get_payload() if isinstance(child, Message)] if part.is_multipart() else []


def _code(defect: object) -> str:
    return "mime_" + type(defect).__name__.removesuffix("Defect")
