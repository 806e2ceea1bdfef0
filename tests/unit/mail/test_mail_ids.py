"""Message-IDs, reply addresses and loop headers: what we sign, nobody else can make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core import email_address
from helpdesk.mail import addresses, loops, message_ids

KEY = b"one key"
ULIDS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=26, max_size=26)
LOCALS = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-_", min_size=1, max_size=18).filter(
    lambda text: text.strip(".")
)
OURS = ("support@acme.test", "help+eu@acme.test")


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("<a@B.Test>", "a@b.test"),
        ("  <a@b.test>  ", "a@b.test"),
        ("a@b.test", "a@b.test"),
        ("<A@b.test> (comment)", "A@b.test"),
        ("<two@at@b.test>", "two@at@b.test"),
        ("<no-domain>", "no-domain"),
        ("<x\r\n y@b.test>", "xy@b.test"),
        ("<0100-x@email.amazonses.com>", "0100-x@email.amazonses.com"),
        ("<0100-x@us-gov-west-1.amazonses.com>", "0100-x@email.amazonses.com"),
        ("<0100-x@evil.amazonses.com.test>", "0100-x@evil.amazonses.com.test"),
        ("", None),
        (None, None),
        ("<>", None),
        ("< >", None),
        ("<@b.test>", None),
        ("<" + "x" * 1000 + "@b.test>", None),
    ],
)
def test_one_form_for_a_message_id(raw: str | None, normal: str | None) -> None:
    assert message_ids.normalise(raw) == normal


@given(st.text(max_size=60))
def test_normal_form_is_stable(raw: str) -> None:
    normal = message_ids.normalise(raw)
    assert normal is None or (message_ids.normalise(f"<{normal}>") == normal and not normal.isspace())


@given(ULIDS)
def test_own_message_id_is_known_again(ulid: str) -> None:
    made = message_ids.make(ulid, "Acme.test", KEY)
    assert made.startswith(f"<{ulid}.") and made.endswith("@acme.test>")
    assert message_ids.verify(made, KEY) == message_ids.verify(made.upper(), KEY) == ulid
    assert message_ids.verify(made, b"another key") is None


@given(ULIDS, st.integers(min_value=0, max_value=42), st.sampled_from("abc234"))
def test_changed_message_id_is_not_ours(ulid: str, place: int, letter: str) -> None:
    made = message_ids.make(ulid, "acme.test", KEY).strip("<>").lower()
    changed = made[:place] + letter + made[place + 1 :]
    assert (message_ids.verify(changed, KEY) == ulid) == (changed == made)


def test_same_ulid_under_another_domain_is_not_ours() -> None:
    made = message_ids.make("0" * 26, "acme.test", KEY)
    assert message_ids.verify(made.replace("acme.test", "evil.test"), KEY) is None


@given(LOCALS, ULIDS)
def test_reply_address_names_its_ticket(local: str, ticket_id: str) -> None:
    own = f"{local}@acme.test"
    address = addresses.reply_address(own, ticket_id, KEY)
    if email_address.normalise(own) != own:
        return
    assert len(address.rpartition("@")[0]) <= 64
    assert addresses.ticket_of(address.upper(), [own], KEY) == ticket_id
    assert addresses.ticket_of(address, ["other@acme.test"], KEY) is None
    assert addresses.ticket_of(address, [own], b"another key") is None
    assert addresses.is_ours(address, [own])


@pytest.mark.parametrize(("length", "signed"), [(18, True), (19, True), (21, True), (22, False), (60, False)])
def test_long_mailbox_names_stay_within_64_characters(length: int, signed: bool) -> None:
    own = "m" * length + "@acme.test"
    address = addresses.reply_address(own, "0" * 26, KEY)
    assert len(address.rpartition("@")[0]) <= 64
    assert addresses.ticket_of(address, [own], KEY) == ("0" * 26 if signed else None)
    assert signed or address == own


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("support@acme.test", True),
        ("SUPPORT@ACME.test", True),
        ("support+anything@acme.test", True),
        ("help+eu@acme.test", True),
        ("help+eu+t.x@acme.test", True),
        ("help@acme.test", False),
        ("support@acme.test.evil.test", False),
        ("notsupport@acme.test", False),
        ("support-x@acme.test", False),
        ("", False),
    ],
)
def test_our_addresses(address: str, ours: bool) -> None:
    assert addresses.is_ours(address, OURS) is ours


def test_a_token_for_one_purpose_is_none_for_another() -> None:
    ticket = "0" * 26
    signature = message_ids.make(ticket, "acme.test", KEY).partition(".")[2][:16]
    assert addresses.ticket_of(f"support+t.{ticket}.{signature}@acme.test", OURS, KEY) is None


def test_loop_header_belongs_to_one_organisation() -> None:
    value = loops.loop_header("acme", KEY)
    assert loops.is_loop_header(f" {value} ", "acme", KEY)
    assert not loops.is_loop_header(value, "beta", KEY)
    assert not loops.is_loop_header(value, "acme", b"another key")
    assert not loops.is_loop_header("acme." + "a" * 16, "acme", KEY)
    assert not loops.is_loop_header("", "acme", KEY)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("Zoe@Customer.TEST", "zoe@customer.test"),
        (" <zoe@customer.test>. ", "zoe@customer.test"),
        ("zoe@bücher.test", "zoe@xn--bcher-kva.test"),
        ("zoe@xn--bcher-kva.test", "zoe@xn--bcher-kva.test"),
        ("zoe\u200b@customer.test", "zoe@customer.test"),
        ("zoe@customer.test.", "zoe@customer.test"),
        ('"john..doe"@customer.test', "john..doe@customer.test"),
        ("zoe", None),
        ("@customer.test", None),
        ("zoe@", None),
        ("z" * 250 + "@customer.test", None),
    ],
)
def test_one_form_for_an_address(raw: str, normal: str | None) -> None:
    assert email_address.normalise(raw) == normal


@given(st.text(max_size=80))
def test_address_normal_form_is_stable(raw: str) -> None:
    normal = email_address.normalise(raw)
    assert normal is None or email_address.normalise(normal) == normal
