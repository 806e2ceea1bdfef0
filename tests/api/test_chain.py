"""DM-03, part 2 item 11: a byte changed in the log is named by the verifier."""

from __future__ import annotations

import boto3
import pytest

from tests.callers import NEW_TICKET


@pytest.fixture
def entries(cloud, agent):
    """A feed of some events, as it is stored."""
    from helpdesk.feed.store import read

    for _ in range(3):
        agent.post("/v1/tickets", NEW_TICKET | {"subject": "Zoë says 1.5 \u2028 and 4"})
        cloud.pump()
    return lambda: read("acme", 0, 100)


def _faults(entries):
    from helpdesk.feed.chain import faults

    return [(fault["seq"], fault["fault"]) for fault in faults(entries())]


def _entry(seq: int) -> dict:
    return {"pk": {"S": "acme#FEED#0"}, "sk": {"S": f"{seq:012}"}}


def test_dm03_an_untouched_log_holds(entries):
    from helpdesk.feed.store import get_head

    assert len(entries()) == 9
    assert _faults(entries) == []
    assert get_head("acme")["hash"] == entries()[-1]["hash"]


def test_dm03_one_changed_word_is_named(entries):
    boto3.client("dynamodb").update_item(
        TableName="Tickets",
        Key=_entry(3),
        UpdateExpression="SET #at = :at",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues={":at": {"S": "2020-01-01T00:00:00.000Z"}},
    )
    assert _faults(entries) == [(3, "changed")]


def test_dm03_a_removed_entry_is_named(entries):
    boto3.client("dynamodb").delete_item(TableName="Tickets", Key=_entry(4))
    assert _faults(entries) == [(4, "missing"), (5, "changed")]
