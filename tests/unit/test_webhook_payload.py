"""TM-11: whatever events there are, and will be, a webhook of the scope `customer` gets what is named for it alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.webhooks.event_types import catalogue
from helpdesk.webhooks.model import Webhook
from helpdesk.webhooks.payload import CUSTOMER, body_of, delivery_id, may_have

HOOK = Webhook(
    org_id="acme",
    id="01M7VZW21REDN0F3Y6X09V9BNK",
    url="https://hook.example.org/",
    events=("*",),
    payload="full",
    scope="customer",
    filter=None,
    enabled=True,
    enabled_at="",
    from_seq=0,
    secret_generation=1,
    rotated_at=None,
    version=1,
)
INSIDE = ("note.", "side_conversation.", "setting.", "webhook.", "person.", "company.", "mail.")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_tm11_of_each_type_only_what_is_named_goes_out(name):
    event = catalogue()[name]["example"]
    if name not in CUSTOMER:
        assert not may_have(HOOK, event)
        return
    assert not name.startswith(INSIDE)
    sent = json.loads(body_of(HOOK, event))
    assert set(sent["changes"]) <= set(CUSTOMER[name][0])
    assert set(sent["data"]) <= set(CUSTOMER[name][1])
    assert sent["actor"]["ip"] is None


@given(st.text(min_size=1), st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_tm11_unknown_types_and_fields_stay_inside(type_, changes, data):
    event = catalogue()["message.sent"]["example"]
    if type_ not in CUSTOMER:
        assert not may_have(HOOK, event | {"type": type_})
    secret = event | {
        "changes": {f"x{name}": {"from": None, "to": "SECRET" + value} for name, value in changes.items()},
        "data": {f"x{name}": "SECRET" + value for name, value in data.items()},
        "actor": {"kind": "agent", "id": "SECRET", "ip": "SECRET"},
    }
    assert "SECRET" not in body_of(HOOK, secret)
    assert "SECRET" not in body_of(replace(HOOK, payload="thin"), secret)


def test_the_id_of_a_delivery_depends_on_webhook_and_event_alone():
    event = catalogue()["message.sent"]["example"]
    first = delivery_id("a", event)
    assert first == delivery_id("a", event | {"seq": 9, "changes": {}})
    assert len({first, delivery_id("b", event), delivery_id("a", event | {"id": "01KAGH8V6N3X9Y2Z7W5T4R1QPN"})}) == 3
