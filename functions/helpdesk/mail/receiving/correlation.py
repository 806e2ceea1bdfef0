"""What names a ticket without a Message-ID: numbers, other trackers' ids, monitoring (EM-05, 06, 14, 15)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpdesk.mail.model import ParsedMail
from helpdesk.settings.fields.patterns import matches
from helpdesk.settings.mail_policy import ForeignReference, MailPolicy, Monitor
from helpdesk.settings.sender_rules import fits

MOST_NUMBERS = 3
_NUMBER = re.compile(
    r"(?<![\w=\"'&/#])(?:(?:ticket|case|request|anfrage|vorgang)\s?)?#\s?(\d{1,12})(?!\w)", re.IGNORECASE
)
_WORDS = re.compile(r"[^\s\[\]()<>{},;:!?\"'|]{1,200}")
_LINES = 300


@dataclass(frozen=True, slots=True)
class Key:
    """What a rule of the policy says a mail is about; the same `id` always means the same trouble."""

    id: str
    says: str
    recovery: bool = False
    solve: bool = False


def numbers_in(subject: str) -> tuple[int, ...]:
    """Ticket numbers in a subject, as `[#1001]`, `Ticket#1001` or `#1001`, each by itself; at most three."""
    found = dict.fromkeys(int(one) for one in _NUMBER.findall(subject))
    return tuple(found)[:MOST_NUMBERS]


def key_of(mail: ParsedMail, policy: MailPolicy) -> Key | None:
    """The key that the first rule for this mail's From finds in it, or None."""
    sender = mail.from_.email if mail.from_ else ""
    for reference in policy.foreign_references:
        if fits(reference.sender, sender) and (key := _foreign(mail, reference)):
            return key
    for monitor in policy.monitors:
        if fits(monitor.sender, sender) and (key := _monitored(mail, monitor)):
            return key
    return None


def _foreign(mail: ParsedMail, rule: ForeignReference) -> Key | None:
    for word in _WORDS.findall(mail.subject[:1_000])[:50]:
        if matches(rule.pattern, word.strip(".#")):
            found = word.strip(".#").upper()
            return Key(f"rule {rule.sender} {found}", f"{found} of {rule.sender}")
    return None


def _monitored(mail: ParsedMail, rule: Monitor) -> Key | None:
    lines = [line.partition(":")[::2] for line in mail.text.splitlines()[:_LINES] if ":" in line]
    said = {name.strip(" *>-").casefold(): value.strip() for name, value in reversed(lines)}
    values = [said.get(name.casefold(), "") for name in rule.keys]
    if not values[0]:
        return None
    about = "/".join(filter(None, values))[:300]
    state = said.get(rule.state.casefold(), "").split()
    over = bool(state) and state[-1].strip(".!*()").casefold() in {one.casefold() for one in rule.recovered}
    return Key(f"rule {rule.sender} {about.casefold()}", f"{about} of {rule.sender}", over, over and rule.solve)
