"""Mailboxes, rules for senders and the mail policy: kept like all settings, checked field by field."""

from __future__ import annotations

from tests.cloud import ORG, SUPPORT

SALES = {"address": "Sales@Acme.test", "aliases": ["orders@acme.test"], "name": "Acme Sales"}


def _faults(reply):
    return {one["pointer"] for one in reply.body["errors"]}


def test_set_up_makes_the_first_mailbox(admin):
    (main,) = admin.get("/v1/mailboxes").body["data"]
    assert (main["id"], main["address"], main["acknowledge"], main["version"]) == ("main", SUPPORT, True, 1)


def test_a_desk_of_before_has_its_addresses_as_mailboxes(admin):
    """The list in the organisation's row counts until one of them is changed."""
    from helpdesk.core.cache import forget
    from helpdesk.core.config import config
    from helpdesk.core.table import Delete, Update, write

    table = config().settings_table
    write(Delete(table, f"{ORG}#mailbox", "main"))
    values = {":all": [SUPPORT, "help@acme.test"]}
    write(Update(table, f"{ORG}#org", "org", "SET mailboxes = :all", values=values))
    forget()
    found = {one["id"]: one["address"] for one in admin.get("/v1/mailboxes").body["data"]}
    assert found == {"main": SUPPORT, "main-2": "help@acme.test"}
    changed = admin.patch("/v1/mailboxes/main-2", {"name": "Help"})
    assert (changed.status, changed.body["version"], changed.body["address"]) == (200, 1, "help@acme.test")
    assert len(admin.get("/v1/mailboxes").body["data"]) == 2


def test_mailboxes_are_kept_ordered_and_archived(admin):
    made = admin.post("/v1/mailboxes", SALES)
    assert (made.status, made.body["address"]) == (201, "sales@acme.test")
    path = f"/v1/mailboxes/{made.body['id']}"
    assert admin.get("/v1/me").body["org"]["support_address"] == SUPPORT
    assert admin.put("/v1/mailboxes/order", {"ids": [made.body["id"], "main"]}).status == 200
    assert admin.get("/v1/me").body["org"]["support_address"] == "sales@acme.test"
    changed = admin.patch(path, {"signature_html": "<p onclick=x()>Bye</p><script>1</script>"})
    assert changed.body["signature_html"] == "<p>Bye</p>"
    assert admin.patch(path, {"name": "x"}, If_Match='"1"').status == 412
    assert admin.delete(path).status == 204
    assert [one["id"] for one in admin.get("/v1/mailboxes").body["data"]] == ["main"]
    assert admin.delete("/v1/mailboxes/main").body["code"] == "last_mailbox"
    assert admin.patch(path, {"archived": False}).body["archived"] is False


def test_an_address_belongs_to_one_mailbox_and_references_are_checked(admin):
    admin.post("/v1/mailboxes", SALES)
    bad = {"address": "orders@acme.test", "aliases": [SUPPORT, "no address"], "team_id": "x", "topic_id": "y"}
    reply = admin.post("/v1/mailboxes", bad)
    assert reply.status == 422
    assert _faults(reply) == {"/address", "/aliases/0", "/aliases/1", "/team_id", "/topic_id"}
    assert admin.patch("/v1/mailboxes/main", {"aliases": ["sales@acme.test"]}).status == 422


def test_rules_for_senders(admin, agent):
    made = admin.post("/v1/sender-rules", {"pattern": " @Spam.Test", "verdict": "blocked", "note": "seen twice"})
    assert (made.status, made.body["pattern"]) == (201, "@spam.test")
    assert admin.post("/v1/sender-rules", {"pattern": "@spam.test", "verdict": "trusted"}).status == 409
    for wrong in ("nobody", "@", "@nodot", "a b"):
        reply = admin.post("/v1/sender-rules", {"pattern": wrong, "verdict": "trusted"})
        assert reply.status == 422 and _faults(reply) == {"/pattern"}, wrong
    path = f"/v1/sender-rules/{made.body['id']}"
    assert admin.patch(path, {"verdict": "trusted"}).body["verdict"] == "trusted"
    assert admin.delete(path).status == 204
    assert admin.get("/v1/sender-rules").body["data"] == []
    assert agent.get("/v1/sender-rules").status == 403


def test_the_policy_is_one_record(admin, agent):
    policy = agent.get("/v1/mail-policy").body
    assert (policy["version"], policy["closed_ticket_days"], policy["changed_subject"]) == (0, 90, "new_if_closed")
    rules = {
        "foreign_references": [{"sender": "@tracker.test", "pattern": "INC\\d{7}"}],
        "monitors": [{"sender": "Nagios@Monitor.test"}],
    }
    changed = admin.patch("/v1/mail-policy", {"closed_ticket_days": None} | rules)
    assert changed.status == 200, changed.body
    assert changed.body["closed_ticket_days"] is None
    (monitor,) = admin.get("/v1/mail-policy").body["monitors"]
    assert (monitor["sender"], monitor["keys"]) == ("nagios@monitor.test", ["Host", "Service"])
    assert agent.patch("/v1/mail-policy", {"sender_burst": 1}).status == 403


def test_a_policy_that_does_not_fit_names_each_fault(admin):
    bad = {
        "foreign_references": [{"sender": "no address", "pattern": "a)"}],
        "monitors": [{"sender": "@nodot"}],
    }
    reply = admin.patch("/v1/mail-policy", bad)
    assert _faults(reply) == {"/foreign_references/0/sender", "/foreign_references/0/pattern", "/monitors/0/sender"}
    assert _faults(admin.patch("/v1/mail-policy", {"closed_ticket_days": -1})) == {"/closed_ticket_days"}
    assert admin.patch("/v1/mail-policy", {"sender_burst": None}).status == 422
