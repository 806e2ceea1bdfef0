"""Signed messages in CMS (RFC 5652), the form of S/MIME: their content, and whether the signature is that of a
certificate within. Who stands behind the certificate is `trust`'s question.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

_MOST_CERTIFICATES = 20
_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha224": hashes.SHA224(), "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
}  # fmt: skip
"""Those that can still be believed: SHA-1 and MD5 can be made to collide."""


class RefusedError(Exception):
    """The signature does not hold, or cannot be checked: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Signature:
    """`content` is what was signed if it is inside (opaque), None if it stands beside (detached)."""

    content: bytes | None
    signers: Sequence[Any]
    certificates: tuple[x509.Certificate, ...]


def read(der: bytes) -> Signature | None:
    """What `der` holds, or None if it is no signed message (an encrypted or compressed one, or broken)."""
    from asn1crypto import cms

    try:
        info = cms.ContentInfo.load(der)
        if info["content_type"].native != "signed_data":
            return None
        signed = info["content"]
        content = signed["encap_content_info"]["content"].native
        signers = list(signed["signer_infos"])[:1]
        return Signature(content, signers, tuple(_certificates(signed["certificates"])))
    except Exception:  # the library raises whatever it stumbles over
        return None


def is_encrypted(der: bytes) -> bool:
    """Whether `der` is a message that only its recipients can open."""
    from asn1crypto import cms

    try:
        return "enveloped" in str(cms.ContentInfo.load(der)["content_type"].native)
    except Exception:
        return False


def _certificates(choices: Any) -> Iterator[x509.Certificate]:
    for choice in list(choices)[:_MOST_CERTIFICATES]:
        if choice.name == "certificate":
            yield x509.load_der_x509_certificate(choice.chosen.dump())


def signer_of(signature: Signature, content: bytes) -> x509.Certificate:
    """The certificate whose key signed `content`.

    Raises
    ------
    RefusedError
        `content_changed`, `signature_wrong`, `no_signer`, `no_certificate`, `weak_algorithm` or `not_supported`.
    """
    if not signature.signers:
        raise RefusedError("no_signer")
    signer = signature.signers[0]
    certificate = next((one for one in signature.certificates if _is_of(signer, one)), None)
    if certificate is None:
        raise RefusedError("no_certificate")
    name = str(signer["digest_algorithm"]["algorithm"].native)
    if name not in _DIGESTS:
        raise RefusedError("weak_algorithm" if name in {"md5", "sha1"} else "not_supported")
    try:
        _check(certificate, signer, _signed_bytes(signer, content, name), _DIGESTS[name])
    except InvalidSignature:
        raise RefusedError("signature_wrong" if signer["signed_attrs"] else "content_changed") from None
    except (UnsupportedAlgorithm, ValueError, TypeError) as failure:
        raise RefusedError("not_supported") from failure
    return certificate


def _is_of(signer: Any, certificate: x509.Certificate) -> bool:
    named = signer["sid"]
    if named.name == "issuer_and_serial_number":
        same_issuer = named.chosen["issuer"].dump() == certificate.issuer.public_bytes()
        return bool(same_issuer and named.chosen["serial_number"].native == certificate.serial_number)
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return bool(extension.value.digest == named.chosen.native)


def _signed_bytes(signer: Any, content: bytes, digest_name: str) -> bytes:
    """What the key has signed: the content, or the attributes that hold its digest (RFC 5652, section 5.4)."""
    attributes = signer["signed_attrs"]
    if not attributes:
        return content
    told = [one["values"][0].native for one in attributes if one["type"].native == "message_digest"]
    if len(told) != 1 or not hmac.compare_digest(told[0], hashlib.new(digest_name, content).digest()):
        raise RefusedError("content_changed")
    return bytes(attributes.untag().dump())


def _check(certificate: x509.Certificate, signer: Any, signed: bytes, digest: hashes.HashAlgorithm) -> None:
    key, value = certificate.public_key(), signer["signature"].native
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(value, signed, _padding(signer["signature_algorithm"], digest), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, signed, ec.ECDSA(digest))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(value, signed)
    else:
        raise RefusedError("not_supported")


def _padding(algorithm: Any, digest: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if algorithm.signature_algo == "rsassa_pss":
        return padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
    return padding.PKCS1v15()
