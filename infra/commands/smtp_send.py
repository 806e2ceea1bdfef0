"""Handing raw mails to the desk's SMTP door, as a mail server would."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path

CONNECTIONS = 4
_BARE_LF = re.compile(rb"(?<!\r)\n")
_ID = re.compile(r"(?i)^OK\s+(\S+)")


@dataclass(frozen=True)
class Handed:
    """A mail and what the door said to it; `ses_id` is None when it was refused."""

    path: Path
    ses_id: str | None
    answer: str


def hand_over(paths: Sequence[Path], door: str, recipient: str) -> Iterator[Handed]:
    """Send each file over one of a few connections; gives the answers as they come."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        yield from pool.map(lambda path: _hand(path, door, recipient), paths)


def _hand(path: Path, door: str, recipient: str) -> Handed:
    host, _, port = door.rpartition(":")
    raw = _BARE_LF.sub(b"\r\n", path.read_bytes())
    try:
        with smtplib.SMTP(host, int(port), local_hostname="desk.invalid", timeout=60) as connection:
            connection.ehlo()
            for code, text in (connection.mail(_sender(raw)), connection.rcpt(recipient)):
                if code >= 300:
                    return Handed(path, None, f"{code} {text.decode(errors='replace')}")
            code, text = connection.data(raw)
    except (OSError, smtplib.SMTPException) as failure:
        return Handed(path, None, str(failure))
    answer = text.decode(errors="replace")
    found = _ID.match(answer)
    return Handed(path, found[1] if code == 250 and found else None, f"{code} {answer}")


def _sender(raw: bytes) -> str:
    """The envelope's sender: the address in From where there is a plain one, else the null sender."""
    headers = message_from_bytes(raw[:100_000], policy=policy.compat32)
    address = parseaddr(str(headers.get("From", "")))[1]
    return address if re.fullmatch(r"[!-~]+@[!-~]+", address) else ""
