"""Mail about mail: delivery reports, read receipts, complaints (RFC 6522 and what it carries; EM-33, 34, 36, 37)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message

from helpdesk.core import email_address
from helpdesk.mail import message_ids
from helpdesk.mail.automatic import is_challenge
from helpdesk.mail.encoded_words import decode
from helpdesk.mail.header_lines import HeaderLines
from helpdesk.mail.mime_tree import POLICY, Part, children, own_parts
from helpdesk.mail.model import Bounce, Report, ReportedRecipient

MOST_RECIPIENTS = 50
_LONGEST_DIAGNOSTIC = 500
_KINDS = {
    "message/delivery-status": "delivery",
    "message/global-delivery-status": "delivery",
    "message/disposition-notification": "receipt",
    "message/global-disposition-notification": "receipt",
    "message/feedback-report": "feedback",
}
_UNDELIVERED = frozenset({"failed", "delayed"})
_MESSAGE_ID = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\r\n]{1,990}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_NAMED = re.compile(r"^[ \t]*<([^<>\s]{3,254})>:", re.MULTILINE)
"""How qmail and Postfix name a recipient in the text."""

_DAEMON = re.compile(r"(?:mailer-daemon|postmaster)(?:@|\Z)")
_UNDELIVERED_SUBJECT = re.compile(
    r"\W*(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed)|returned mail"
    r"|mail delivery (?:failed|failure|system)|(?:delivery )?failure notice|non[- ]?deliverable"
    r"|unzustellbar|nicht zustellbar|non remis|non recapitabile|no se puede entregar|onbestelbaar"
    r"|não (?:foi )?entregue|ikke levert|kunde inte levereras|недоставлен|無法傳遞|配信不能)",
    re.IGNORECASE,
)
_EMBEDDED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_FARTHEST = 64 * 1024


def find(root: Message, headers: HeaderLines, text: str, sender: str | None) -> Report | None:
    """What the mail reports, or None. `text` is its body, where old servers write what others put in fields."""
    parts = [(kind, part) for part in own_parts(root) if (kind := _KINDS.get(part.get_content_type().lower()))]
    failed = tuple(_addresses(headers.first("x-failed-recipients").split(",")))
    if parts:
        kind = parts[0][0]
        told = [one for each, part in parts if each == kind for one in _recipients(kind, _blocks(part))]
        told += [ReportedRecipient(one, "failed") for one in failed if one not in {each.email for each in told}]
        return Report(kind, tuple(told[:MOST_RECIPIENTS]), _original(root, [part for _, part in parts]))
    if failed or _is_old_bounce(headers, sender):
        return _in_words(root, text[:_FARTHEST], failed)
    if is_challenge(headers.decoded(), sender):
        return Report("challenge", (), message_ids.normalise(headers.text("in-reply-to")))
    return None


def bounce_of(report: Report | None) -> Bounce | None:
    """Who was not reached, of a delivery report; None for one that tells of success, and for all other mail."""
    if report is None or report.kind != "delivery":
        return None
    missed = [one for one in report.recipients if one.action in _UNDELIVERED]
    if report.recipients and not missed:
        return None
    return Bounce(
        recipients=tuple(dict.fromkeys(one.email for one in missed if one.email)),
        status=next((one.status for one in missed if one.status), None),
        permanent=any(one.action == "failed" for one in missed) or not missed,
        original_message_id=report.original_message_id,
    )


def _is_old_bounce(headers: HeaderLines, sender: str | None) -> bool:
    """A mail server that knows no RFC 3464: the null sender, with its name or its subject, says so."""
    if not headers.all("return-path") or headers.first("return-path").strip(" <>"):
        return False
    return bool(_DAEMON.match(sender or "") or _UNDELIVERED_SUBJECT.match(headers.text("subject")))


def _in_words(root: Message, text: str, failed: tuple[str, ...]) -> Report:
    named = failed or tuple(dict.fromkeys(_addresses(_NAMED.findall(text))))
    status = found.group() if (found := _STATUS.search(text)) else None
    told = tuple(ReportedRecipient(one, "failed", status) for one in named[:MOST_RECIPIENTS])
    match = _MESSAGE_ID.search(text)
    return Report("delivery", told, _original(root, []) or (message_ids.normalise(match.group(1)) if match else None))


def _blocks(part: Message) -> list[Message]:
    """The groups of fields; the library knows only `message/delivery-status` to have several."""
    known = children(part)
    rest = known[0].octets if len(known) == 1 and isinstance(known[0], Part) else b""
    more = re.split(rb"(?:\r?\n){2,}", rest[:_FARTHEST].strip())
    return known + [message_from_bytes(one + b"\n\n", policy=POLICY) for one in more[:MOST_RECIPIENTS] if one]


def _recipients(kind: str, blocks: list[Message]) -> Iterator[ReportedRecipient]:
    for block in blocks:
        if kind == "delivery" and (action := _field(block, "action").lower()):
            yield _recipient(block, action)
        elif kind == "receipt" and (disposition := _field(block, "disposition")):
            yield _recipient(block, disposition.partition(";")[2].partition("/")[0].strip().lower() or "displayed")
        elif kind == "feedback" and (type_ := _field(block, "feedback-type").lower()):
            yield _recipient(block, type_)


def _recipient(block: Message, action: str) -> ReportedRecipient:
    names = ("final-recipient", "original-recipient", "original-rcpt-to")
    values = (_field(block, name).rpartition(";")[2] for name in names)
    email = next(iter(_addresses(values)), "")
    status = _STATUS.search(_field(block, "status"))
    diagnostic = _field(block, "diagnostic-code") or _field(block, "user-agent")
    return ReportedRecipient(
        email=email,
        action=action.partition(";")[0].split(" ")[0].strip()[:40],
        status=status.group() if status else None,
        diagnostic=diagnostic[:_LONGEST_DIAGNOSTIC] or None,
    )


def _field(block: Message, name: str) -> str:
    return decode(str(block.get(name, "")))


def _addresses(values: Iterable[str]) -> Iterator[str]:
    return (email for value in values if (email := email_address.normalise(value.strip(" <>\t"))))


def _original(root: Message, reports: list[Message]) -> str | None:
    """The Message-ID of the mail that this is about, from a field of the report or the copy that hangs below it."""
    for block in (block for part in reports for block in _blocks(part)):
        if found := message_ids.normalise(_field(block, "original-message-id")):
            return found
    for part in own_parts(root):
        if part.get_content_type().lower() in _EMBEDDED and (found := _embedded_id(part)):
            return found
    return None


def _embedded_id(part: Message) -> str | None:
    for embedded in _blocks(part):
        if found := message_ids.normalise(_field(embedded, "message-id")):
            return found
    text = part.octets[:_FARTHEST].decode("ascii", "replace") if isinstance(part, Part) else ""
    match = _MESSAGE_ID.search(text)
    return message_ids.normalise(match.group(1)) if match else None
