"""Signed and encrypted mail: what was signed, by whom, and whether that can be believed (RFC 8551, 3156; EM-61)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from helpdesk.mail.model import Signed

SMIME_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SMIME_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_INLINE_PGP = re.compile(r"^-----BEGIN PGP (SIGNED MESSAGE|MESSAGE)-----\s*$", re.MULTILINE)
_LINE_END = re.compile(rb"\r\n|\r|\n")
_SHADY = frozenset({"weak_algorithm", "not_supported", "no_certificate"})
_FARTHEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Evidence:
    """A signature as it was met in the tree; `content` is None where it stands inside (opaque).

    `whole` is false if the mail shows words beside those that were signed: anybody may have put them there.
    """

    kind: str
    signature: bytes = b""
    content: bytes | None = None
    encrypted: bool = False
    whole: bool = True


def is_smime(content_type: str, name: str | None) -> bool:
    """Whether a part is an opaque S/MIME message, also under a wrong type."""
    named = (name or "").lower().endswith(".p7m")
    return content_type in SMIME_TYPES or (named and content_type == "application/octet-stream")


def is_smime_signature(content_type: str, name: str | None) -> bool:
    """Whether a part is a detached S/MIME signature, also under a wrong type."""
    return content_type in _SMIME_SIGNATURES or (name or "").lower().endswith(".p7s")


def opaque_content(der: bytes) -> bytes | None:
    """The mail inside an opaque signature, or None if there is none to be seen: it is encrypted or broken."""
    from helpdesk.mail.parsing import cms

    found = cms.read(der)
    return found.content if found else None


def signed_bytes(raw: bytes, body_at: int, boundary: str) -> bytes | None:
    """The first part of a multipart/signed as it was signed: header and body, lines ended by CRLF (RFC 8551, 3.1.1).

    It is looked for below the mail's header, by the same rule as the parts that are shown.
    """
    mark = rb"--" + re.escape(boundary.encode("utf-8", "surrogateescape"))
    start = re.compile(rb"(?:^|(?<=[\r\n]))" + mark + rb"[ \t]*(?:\r\n|\r|\n)").search(raw, body_at)
    ending = re.compile(rb"(?:\r\n|\r|\n)" + mark + rb"(?:--)?[ \t]*(?:\r\n|\r|\n|\Z)")
    end = ending.search(raw, start.end() - 1) if start else None
    return _LINE_END.sub(b"\r\n", raw[start.end() : end.start()]) if start and end else None


def judge(evidence: Evidence | None, text: str, sender: str | None, date: datetime | None) -> Signed | None:
    """Who signed; None for a mail without any signature. `text` is the body, where PGP may stand in line."""
    if evidence is None:
        inline = _INLINE_PGP.search(text[:_FARTHEST])
        if not inline:
            return None
        evidence = Evidence("pgp", encrypted=inline.group(1) == "MESSAGE")
    if evidence.encrypted:
        return Signed(evidence.kind, "unverified", problem="encrypted")
    if evidence.kind == "pgp":
        return Signed("pgp", "unverified", problem="not_checked")  # a key says nothing without somebody who knows it
    return _judge_smime(evidence, sender, date)


def _judge_smime(evidence: Evidence, sender: str | None, date: datetime | None) -> Signed:
    from helpdesk.mail.parsing import cms, trust

    found = cms.read(evidence.signature)
    if found is None and cms.is_encrypted(evidence.signature):
        return Signed("smime", "unverified", problem="encrypted")
    if found is None:
        return Signed("smime", "invalid", problem="signature_unreadable")
    content = evidence.content if evidence.content is not None else found.content
    if content is None:
        return Signed("smime", "invalid", problem="signature_unreadable")
    try:
        certificate = cms.signer_of(found, content)
    except cms.RefusedError as refused:
        return Signed("smime", "unverified" if refused.code in _SHADY else "invalid", problem=refused.code)
    except Exception:  # a certificate that no library understands proves nothing
        return Signed("smime", "unverified", problem="not_supported")
    addresses = trust.addresses_of(certificate)
    problem = trust.problem_of(certificate, found.certificates, trust.moment_of(date))
    if problem is None and sender not in addresses:
        problem = "sender_is_not_signer"
    if problem is None and not evidence.whole:
        problem = "partly_signed"
    return Signed(
        kind="smime",
        status="unverified" if problem else "verified",
        signer=sender if sender in addresses else next(iter(addresses), trust.name_of(certificate.subject)),
        issuer=trust.name_of(certificate.issuer),
        problem=problem,
    )
