"""What the laptop's SMTP door finds out about a mail's origin: DKIM, checked for real; the rest is not checked.

There is no SPF, for the peer is always this machine, and no scan for spam or viruses: such verdicts are `DISABLED`, as
SES says where scanning is off. DMARC is `PASS` where a valid signature is of the From's own domain (RFC 7489, section
3.1.1); whether the domain would reject others is not asked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

NOT_CHECKED = "DISABLED"
_SECONDS = 2
Lookup = Callable[[str], bytes | None]


def verdicts_of(raw: bytes, lookup: Lookup) -> dict[str, str]:
    """`{spam, virus, spf, dkim, dmarc}` of one mail; `lookup` gives the TXT record of a DNS name, None without one."""
    found = dict.fromkeys(("spam", "virus", "spf", "dkim", "dmarc"), NOT_CHECKED)
    dkim, domains = _signers(raw, lookup)
    author = parseaddr(str(message_from_bytes(raw)["From"] or ""))[1].rpartition("@")[2].lower()
    aligned = any(author == domain or author.endswith(f".{domain}") for domain in domains)
    return found | {"dkim": dkim} | ({"dmarc": "PASS"} if aligned else {})


def lookup_in(keys: Path) -> Lookup:
    """TXT records from a file `{name: text}`, for trying things; with DESK_DNS=1 others from DNS, within two seconds.

    Without it a laptop asks nobody outside, and what the file does not hold is not checked.
    """

    def find(name: str) -> bytes | None:
        known = json.loads(keys.read_text()) if keys.exists() else {}
        text = known.get(name.rstrip("."))
        return text.encode() if text else _ask(name)

    return find


def _signers(raw: bytes, lookup: Lookup) -> tuple[str, list[str]]:
    """SES's word on all signatures together, and the domains of the valid ones."""
    import dkim

    def by_name(name: bytes, **_timeout: int) -> bytes | None:
        try:
            return lookup(name.decode())
        except dkim.DnsTimeoutError:
            unanswered.append(index)  # `verify` says no more than False
            raise

    count = sum(name.lower() == "dkim-signature" for name in message_from_bytes(raw).keys())  # noqa: SIM118 - not a dict
    verdicts, domains, unanswered = list[str](), list[str](), list[int]()
    for index in range(min(count, 5)):
        check = dkim.DKIM(raw)
        try:
            valid = check.verify(idx=index, dnsfunc=by_name)
        except dkim.DKIMException:
            valid = False
        verdicts.append("PASS" if valid else NOT_CHECKED if index in unanswered else "FAIL")
        domains += [check.domain.decode().lower()] if valid else []
    best = next((one for one in ("PASS", NOT_CHECKED, "FAIL") if one in verdicts), "GRAY")
    return best, domains


def _ask(name: str) -> bytes | None:
    import dkim
    import dns.exception
    import dns.resolver

    if os.environ.get("DESK_DNS") != "1":
        raise dkim.DnsTimeoutError("DNS is off")
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except dns.exception.DNSException as failure:
        raise dkim.DnsTimeoutError(name) from failure
    return b"".join(answer[0].strings)
