"""Mail that must not be answered by a machine: our own coming back, and other machines' (EM-24..33, 38).

Nothing here hides a mail. An own loop is dropped with an event; every other flag only keeps our automatic
answers quiet, and the strong ones keep a closed ticket closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from helpdesk.mail.addresses import is_ours
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parsing.automatic import STRONG
from helpdesk.mail.signing import is_signed, sign

LOOP_HEADER = "X-Lambdesk-Loop"

_PURPOSE = "loop-header"


@dataclass(frozen=True, slots=True)
class Classification:
    """`own_loop`: we sent this mail. `answerable`: an automatic answer may go out. `reopens`: it may wake a
    ticket.
    """

    own_loop: bool
    automatic: frozenset[str]
    bounce: bool
    answerable: bool
    reopens: bool


def _never(_value: str) -> bool:
    return False


def classify(
    mail: ParsedMail,
    own_addresses: Iterable[str],
    is_own_message_id: Callable[[str], bool],
    is_own_loop_header: Callable[[str], bool] = _never,
    return_path: str | None = None,
) -> Classification:
    """Judge one mail.

    `is_own_message_id` knows the ids that we gave or SES gave for us, `is_own_loop_header` is
    `is_loop_header` with organisation and key bound, `return_path` the sender of the envelope (empty or `<>`
    = null, None = not known).
    """
    loop_values = [value for name, value in mail.headers if name.lower() == LOOP_HEADER.lower()]
    own_loop = any(map(is_own_loop_header, loop_values)) or bool(mail.message_id and is_own_message_id(mail.message_id))
    envelope = return_path if return_path is not None else mail.header("return-path")
    null_sender = {"null_return_path"} if envelope is not None and envelope.strip(" <>") == "" else set[str]()
    automatic = mail.automatic | null_sender
    from_us = mail.from_ is not None and is_ours(mail.from_.email, own_addresses)
    bounce = mail.bounce is not None or ("mailer_daemon" in automatic and "null_return_path" in automatic)
    quiet = own_loop or bounce or from_us or bool(automatic) or mail.from_ is None
    wakes = not (own_loop or bounce or automatic & (STRONG | {"null_return_path"}))
    return Classification(own_loop, automatic, bounce, answerable=not quiet, reopens=wakes)


def loop_header(org_id: str, key: bytes) -> str:
    """The value of `X-Lambdesk-Loop` on all that `org_id` sends: `<org>.<signature>`."""
    return f"{org_id}.{sign(key, _PURPOSE, org_id)}"


def is_loop_header(value: str, org_id: str, key: bytes) -> bool:
    """Whether `value` is our own; another desk's, or a made-up one, is not."""
    owner, _, signature = value.strip().rpartition(".")
    return owner == org_id and is_signed(signature, key, _PURPOSE, org_id)
