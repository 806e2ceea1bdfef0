"""Whether a certificate can be believed: its chain to a known root, its time, its use, and the addresses in it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from helpdesk.core.email_address import normalise


@cache
def roots() -> tuple[x509.Certificate, ...]:
    """Mozilla's roots as the package certifi brings them."""
    import certifi

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some old roots are not quite what RFC 5280 asks for
        return tuple(x509.load_pem_x509_certificates(Path(certifi.where()).read_bytes()))


def problem_of(certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> str | None:
    """Why `certificate` cannot be believed at the time `at`, as a code, or None.

    Nobody is asked whether it has been revoked: reading a mail fetches nothing.
    """
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return "certificate_expired"
    if not _is_for_mail(certificate):
        return "certificate_not_for_mail"
    return None if _chains(certificate, others, at) else "issuer_unknown"


def addresses_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """The mail addresses that the certificate was given for (RFC 8550, section 3)."""
    named: list[str] = []
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        named += extension.value.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, ValueError):
        pass
    named += _texts(certificate.subject, NameOID.EMAIL_ADDRESS)
    return tuple(dict.fromkeys(email for one in named if (email := normalise(one))))


def name_of(name: x509.Name) -> str:
    """How people call a subject or issuer: its common name, or its organisation."""
    found = [*_texts(name, NameOID.COMMON_NAME), *_texts(name, NameOID.ORGANIZATION_NAME), name.rfc4514_string()]
    return found[0][:200]


def moment_of(date: datetime | None) -> datetime:
    """The time to judge a certificate at: the mail's own, so that the same bytes always get the same answer."""
    return date or datetime.min.replace(tzinfo=UTC)


def _texts(name: x509.Name, oid: x509.ObjectIdentifier) -> Iterable[str]:
    return [str(one.value) for one in name.get_attributes_for_oid(oid) if one.value]


def _is_for_mail(certificate: x509.Certificate) -> bool:
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return ExtendedKeyUsageOID.EMAIL_PROTECTION in uses or ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE in uses


def _chains(certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> bool:
    from cryptography.x509 import verification

    leaf_policy = verification.ExtensionPolicy.permit_all()  # its use and addresses are looked at above
    builder = verification.PolicyBuilder().store(verification.Store(list(roots()))).time(at.replace(tzinfo=None))
    builder = builder.extension_policies(
        ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(), ee_policy=leaf_policy
    )
    try:
        builder.build_client_verifier().verify(certificate, [one for one in others if one != certificate])
    except (verification.VerificationError, ValueError):
        return False
    return True
