"""Properties of the threading decision that no order of evidence may break."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.mail.receiving.threading import Decision, Evidence, KnownMessage, Named, TicketFacts, decide
from helpdesk.mail.subjects import base_subject, reply_subject
from helpdesk.settings.mail_policy import MailPolicy

START = datetime(2026, 3, 1, tzinfo=UTC)
PEOPLE = ["zoe@customer.test", "bo@elsewhere.test", "eve@elsewhere.test"]
IDS = [f"m{number}@customer.test" for number in range(6)]
TICKETS = ["T1", "T2", "T3"]

facts = st.builds(
    lambda id_, people, category, age: TicketFacts(id_, people, category, START + timedelta(hours=age), "Printer"),
    st.sampled_from(TICKETS),
    st.frozensets(st.sampled_from(PEOPLE), min_size=1),
    st.sampled_from(["new", "open", "waiting", "solved", "closed"]),
    st.integers(0, 100),
)
evidences = st.builds(
    lambda sender, references, in_reply_to, known, tickets, envelope, header, subject: Evidence(
        sender, references, in_reply_to, known, {one.ticket_id: one for one in tickets}, envelope, header, subject
    ),
    st.sampled_from([*PEOPLE, None]),
    st.lists(st.sampled_from([*IDS, ""]), max_size=5).map(tuple),
    st.lists(st.sampled_from([*IDS, ""]), max_size=3).map(tuple),
    st.lists(
        st.builds(KnownMessage, st.sampled_from([*IDS, ""]), st.sampled_from(TICKETS), st.booleans()), max_size=6
    ).map(tuple),
    st.lists(facts, max_size=3),
    st.sampled_from([None, *TICKETS]),
    st.sampled_from([None, *TICKETS]),
    st.sampled_from(["", "Printer", "Re: Printer", "Invoice"]),
)


@given(evidences)
def test_a_decision_names_only_tickets_that_exist_and_says_why(evidence: Evidence) -> None:
    decision = decide(evidence)
    assert decision.reason
    for ticket_id in (decision.ticket_id, decision.link_to):
        assert ticket_id is None or ticket_id in evidence.tickets
    assert decision.ticket_id is None or decision.link_to is None


@given(evidences)
def test_a_stranger_needs_something_of_ours(evidence: Evidence) -> None:
    foreign = replace(
        evidence,
        envelope_ticket=None,
        header_ticket=None,
        known=tuple(replace(one, ours=False) for one in evidence.known),
    )
    decision = decide(foreign)
    if decision.ticket_id:
        assert foreign.sender in foreign.tickets[decision.ticket_id].participants
        assert not decision.third_party


@given(evidences)
def test_third_party_is_whoever_takes_no_part(evidence: Evidence) -> None:
    decision = decide(evidence)
    if decision.ticket_id:
        people = evidence.tickets[decision.ticket_id].participants
        assert decision.third_party == (evidence.sender not in people)


@given(evidences)
def test_signed_envelope_address_beats_all_else(evidence: Evidence) -> None:
    signed = replace(evidence, envelope_ticket="T1", automatic=True)
    if "T1" in signed.tickets:
        assert decide(signed).ticket_id == "T1"


@given(evidences)
def test_without_ids_and_signed_addresses_nothing_matches(evidence: Evidence) -> None:
    bare = replace(evidence, references=("",), in_reply_to=("",), envelope_ticket=None, header_ticket=None)
    assert decide(bare) == Decision(None, "nothing in it names a ticket")


@given(evidences, st.sampled_from(["Invoice", "Printer", ""]))
def test_the_subject_never_brings_a_mail_to_another_ticket(evidence: Evidence, subject: str) -> None:
    one, other = decide(evidence), decide(replace(evidence, subject=subject))
    assert (one.ticket_id or one.link_to) == (other.ticket_id or other.link_to)


def test_newest_ticket_wins_a_tie_and_the_newest_reference_before_it() -> None:
    zoe = frozenset({"zoe@customer.test"})
    tickets = {
        "T1": TicketFacts("T1", zoe, "open", START),
        "T2": TicketFacts("T2", zoe, "open", START + timedelta(hours=1)),
    }
    known = (KnownMessage("a@x", "T1", ours=False), KnownMessage("a@x", "T2", ours=False))
    assert decide(Evidence("zoe@customer.test", ("a@x",), known=known, tickets=tickets)).ticket_id == "T2"
    known = (KnownMessage("a@x", "T2", ours=False), KnownMessage("b@x", "T1", ours=False))
    decision = decide(Evidence("zoe@customer.test", ("a@x", "b@x"), known=known, tickets=tickets))
    assert decision.ticket_id == "T1" and "b@x" in decision.reason


def test_colleague_who_answers_a_forward_reaches_the_ticket_by_our_older_id() -> None:
    tickets = {"T1": TicketFacts("T1", frozenset({"zoe@customer.test"}), "open", START)}
    known = (KnownMessage("ours@acme.test", "T1", ours=True), KnownMessage("zoe@x", "T1", ours=False))
    evidence = Evidence("bo@elsewhere.test", ("ours@acme.test", "zoe@x"), known=known, tickets=tickets)
    decision = decide(evidence)
    assert (decision.ticket_id, decision.third_party) == ("T1", True)


@given(st.text(max_size=40))
def test_reply_subject_has_one_prefix(subject: str) -> None:
    answered = reply_subject(subject)
    assert answered.startswith("Re: ") and reply_subject(answered) == answered
    assert base_subject(answered) == base_subject(f"AW: Fwd: {answered}")


named = st.lists(
    st.builds(Named, st.sampled_from(["body", "attachment", "subject", "late"]), st.just("x"), st.sampled_from(TICKETS),
              st.just("a sign")),
    max_size=4,
).map(tuple)  # fmt: skip


@given(evidences, named)
def test_marks_numbers_and_late_parents_let_no_stranger_in(evidence: Evidence, signs: tuple[Named, ...]) -> None:
    foreign = replace(
        evidence,
        envelope_ticket=None,
        header_ticket=None,
        known=tuple(replace(one, ours=False) for one in evidence.known),
        named=signs,
    )
    decision = decide(foreign)
    if decision.ticket_id:
        assert foreign.sender in foreign.tickets[decision.ticket_id].participants


@given(evidences, named, st.sampled_from(["new", "same", "new_if_closed"]), st.integers(0, 5))
def test_every_policy_says_why_and_shows_what_it_used(
    evidence: Evidence, signs: tuple[Named, ...], changed: str, days: int
) -> None:
    policy = MailPolicy(changed_subject=changed, closed_ticket_days=days)
    decision = decide(replace(evidence, named=signs, policy=policy, received_at=START))
    used = [one for one in decision.evidence if one["used"]]
    assert decision.reason and len(used) <= 1
    assert decision.ticket_id is None or len(decision.evidence) == 10 or used[0]["ticket_id"] == decision.ticket_id
