"""What the tables know of what a mail names: one round trip for ids, keys, numbers, sender and his rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.mail import store
from helpdesk.mail.receiving import correlation, rate_store
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.rates import Buckets
from helpdesk.mail.receiving.verdicts import FAILED
from helpdesk.people import store as people_store
from helpdesk.people.model import Person
from helpdesk.tickets import number_store


@dataclass(frozen=True)
class Found:
    """`ids` by Message-ID or key of a rule, ticket ids by number, the sender, his domain's company, his buckets."""

    ids: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[int, str]
    key: correlation.Key | None
    person: Person | None
    company_id: str | None
    buckets: Buckets


def look_up(incoming: Incoming) -> Found:
    """Ask for all of it at once; one more round trip for each hundred ids beyond some ninety."""
    org_id, mail = incoming.org_id, incoming.mail
    key = correlation.key_of(mail, incoming.policy) if incoming.trust["level"] != FAILED else None
    names = [incoming.message_id, *mail.references, *mail.in_reply_to]
    names += [key.id] if key else []
    names += [mail.report.original_message_id] if mail.report and mail.report.original_message_id else []
    numbers = correlation.numbers_in(mail.subject) if incoming.policy.subject_numbers else ()
    ids = {store.key_of(org_id, name): name for name in dict.fromkeys(names)}
    places = {number_store.key_of(org_id, number): number for number in numbers}
    who, rate = people_store.keys_of(org_id, incoming.sender), rate_store.key_of(org_id, incoming.sender)
    rows = store.find_at([*ids, *places, *who, rate])
    owner, company = map(rows.get, who)
    return Found(
        ids={name: rows[place] for place, name in ids.items() if place in rows},
        numbers={number: rows[place]["ticket_id"] for place, number in places.items() if place in rows},
        key=key,
        person=people_store.person_in(owner),
        company_id=company["company_id"] if company else None,
        buckets=rate_store.buckets_in(rows.get(rate)),
    )
