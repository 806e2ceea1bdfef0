"""DM-02: older rows are brought up on read and by a sweep; what a newer version wrote survives one that is older."""

from __future__ import annotations

import boto3
import pytest

from helpdesk.core.items import load_item
from helpdesk.tickets import schema, store
from infra.commands.migrate import sweep


def _row(ticket_id, sk="TICKET"):
    key = {"pk": {"S": f"acme#{ticket_id}"}, "sk": {"S": sk}}
    return load_item(boto3.client("dynamodb").get_item(TableName="Tickets", Key=key)["Item"])


def _set(ticket_id, sk="TICKET", **values):
    from helpdesk.core.items import dump_item

    row = _row(ticket_id, sk) | values
    boto3.client("dynamodb").put_item(TableName="Tickets", Item=dump_item(row))


@pytest.fixture
def newer(monkeypatch):
    """This code one schema later: `priority` of old rows was an upper-case word, and a body had a prefix."""
    monkeypatch.setattr(schema, "SCHEMA", 2)
    for module in ("row_store", "model"):
        monkeypatch.setattr(f"helpdesk.tickets.{module}.SCHEMA", 2)
    monkeypatch.setitem(schema.UPCASTS["ticket"], 1, lambda row: row | {"priority": row["priority"].lower()})
    monkeypatch.setitem(
        schema.UPCASTS["message"], 1, lambda row: row | {"body_text": row["body_text"].removeprefix("old: ")}
    )


def test_dm02_an_older_row_is_brought_up_when_it_is_read_and_kept_so_when_it_is_written(cloud, agent, ticket, newer):
    _set(ticket["id"], priority="HIGH", schema=1)
    assert agent.get(f"/v1/tickets/{ticket['id']}").body["priority"] == "high"
    assert agent.get("/v1/tickets?view=open").body["data"][0]["priority"] == "high"
    assert _row(ticket["id"])["priority"] == "HIGH"
    agent.patch(f"/v1/tickets/{ticket['id']}", {"subject": "Other"})
    assert (_row(ticket["id"])["priority"], _row(ticket["id"])["schema"]) == ("high", 2)


def test_dm02_the_sweep_brings_up_the_rest(cloud, agent, ticket, newer):
    message = agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][0]
    _set(ticket["id"], priority="HIGH", schema=1)
    _set(ticket["id"], f"MSG#{message['id']}", body_text=f"old: {message['body_text']}", schema=1)
    assert agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][0] == message
    version = _row(ticket["id"])["version"]
    assert sweep() == 2 and sweep() == 0
    assert (_row(ticket["id"])["priority"], _row(ticket["id"])["version"]) == ("high", version)
    assert agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][0] == message
    assert [one["id"] for one in agent.get("/v1/tickets?view=open").body["data"]] == [ticket["id"]]


def test_dm02_a_rollback_reads_what_n_plus_1_wrote_and_writes_it_back_unharmed(cloud, agent, ticket):
    """N+1 added an attribute, a shape number and a message's attribute; N reads, changes and writes the ticket."""
    path = f"/v1/tickets/{ticket['id']}"
    _set(ticket["id"], schema=2, sentiment={"mood": "calm"}, x_pk="acme#new-index")
    assert agent.get(path).body == ticket | {"legal_statuses": agent.get(path).body["legal_statuses"]}
    assert agent.patch(path, {"priority": "high", "tags": {"add": ["x"]}}).status == 200
    row = _row(ticket["id"])
    assert (row["schema"], row["sentiment"], row["priority"]) == (2, {"mood": "calm"}, "high")
    assert "x_pk" not in row, "keys of indexes that this version cannot keep right are left to the newer one's sweep"
    found = store.get_ticket("acme", ticket["id"])
    assert found.beyond == {"schema": 2, "sentiment": {"mood": "calm"}}
    assert sweep() == 0, "an older version sweeps nothing that is newer"
    assert agent.put(f"{path}/resolution").status == 200
