"""TM-17: a merge is an event on both, hence undone exactly; mail follows it; permission on both; one of two wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default

import boto3
import pytest

from bench.meter import metered
from tests.callers import NEW_TICKET, contact, staff
from tests.faults import deaths
from tests.inbound import a_mail, receive

OTHER = NEW_TICKET | {"requester": {"email": "otto@other.test", "name": "Otto"}}


@pytest.fixture
def pair(agent):
    return [agent.post("/v1/tickets", NEW_TICKET | {"body_text": words}).body["id"] for words in ("first", "second")]


def _merge(agent, source, into, **more):
    return agent.call("PUT", f"/v1/tickets/{source}/merge", {"into": into} | more)


def _words(caller, ticket_id, path="/v1/tickets"):
    shown = caller.get(f"{path}/{ticket_id}?include=messages" if path == "/v1/tickets" else f"{path}/{ticket_id}")
    return [message["body_text"] for message in shown.body["messages"]]


def _say(agent, ticket_id, words, kind="note"):
    return agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": kind, "body_text": words})


def _holds(*ids):
    """Invariant 1 for these tickets."""
    from helpdesk.tickets import store
    from helpdesk.tickets.model import fold

    for id_ in ids:
        ticket = store.get_ticket("acme", id_)
        events = store.get_events("acme", id_)
        assert fold("acme", id_, events) == ticket
        assert [event.version for event in events] == list(range(1, ticket.version + 1))


def test_tm17_the_target_shows_both_threads_in_order_and_the_source_points_there(agent, pair):
    source, target = pair
    _say(agent, source, "third")
    _say(agent, target, "fourth")
    merged = _merge(agent, source, target)
    assert (merged.status, merged.body["merged_into"]) == (200, target)
    assert merged.body["status"]["category"] == "closed"
    assert _words(agent, target) == ["first", "second", "third", "fourth"]
    assert _words(agent, source) == ["first", "third"]
    shown = agent.get(f"/v1/tickets/{target}").body
    assert (shown["message_count"], shown["merged_from"]) == (4, [source])
    number = agent.get(f"/v1/tickets/{source}").body["number"]
    assert agent.get(f"/v1/tickets/{number}").body["merged_into"] == target
    assert _merge(agent, source, target).body["version"] == merged.body["version"]
    _holds(*pair)


def test_tm17_a_merged_ticket_takes_no_writing_and_says_where_it_went(agent, pair):
    source, target = pair
    other = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    _merge(agent, source, target)
    path = f"/v1/tickets/{source}"
    refused = [
        _say(agent, source, "x"),
        agent.patch(path, {"priority": "low"}),
        agent.put(f"{path}/resolution"),
        agent.delete(f"{path}/resolution"),
        agent.post(f"{path}/links", {"kind": "related", "ticket_id": other}),
        agent.post(f"{path}/participants", {"role": "follower"}),
        agent.post(f"{path}/split", {"message_ids": ["x"], "subject": "x"}),
        _merge(agent, source, other),
        _merge(agent, other, source),
    ]
    assert {(reply.status, reply.body["code"], reply.body["merged_into"]) for reply in refused} == {
        (409, "merged", target)
    }


def test_tm17_unmerge_restores_both_exactly_but_for_what_was_said_since(cloud, agent, pair):
    source, target = pair
    agent.put(f"/v1/tickets/{source}/resolution")
    before = [agent.get(f"/v1/tickets/{one}").body for one in pair]
    _merge(agent, source, target)
    _say(agent, target, "since")
    undone = agent.delete(f"/v1/tickets/{source}/merge")
    assert undone.status == 200
    after = [agent.get(f"/v1/tickets/{one}").body for one in pair]
    moving = ("version", "updated_at")
    assert [{k: v for k, v in before[0].items() if k not in moving}] == [
        {k: v for k, v in after[0].items() if k not in moving}
    ]
    assert after[1]["message_count"] == before[1]["message_count"] + 1
    assert {k: v for k, v in before[1].items() if k not in (*moving, "message_count")} == {
        k: v for k, v in after[1].items() if k not in (*moving, "message_count")
    }
    assert _words(agent, source) == ["first"]
    assert _words(agent, target) == ["second", "since"]
    assert _say(agent, source, "alive").status == 201
    assert agent.delete(f"/v1/tickets/{source}/merge").status == 200
    _holds(*pair)


def test_tm17_a_to_b_and_b_to_a_at_once_exactly_one_wins(agent):
    """zammad#1216; part 3 of the research, item 36."""
    for _ in range(6):
        a, b = (agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(2))
        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(lambda ids: _merge(agent, *ids), [(a, b), (b, a)]))
        assert sorted(reply.status for reply in replies) == [200, 409]
        _holds(a, b)


def test_tm17_counts_and_lists_stay_exact(cloud, agent, pair):
    source, target = pair
    agent.patch(f"/v1/tickets/{source}", {"tags": {"add": ["vip"]}})

    def counts():
        cloud.pump()
        views = {view["id"]: view["count"] for view in agent.get("/v1/views").body["data"]}
        for name in ("open", "unassigned", "closed"):
            assert len(agent.get(f"/v1/tickets?view={name}").body["data"]) == views[name], name
        tags = [(tag["id"], tag["count"]) for tag in agent.get("/v1/tags").body["data"]]
        return views["open"], views["closed"], tags

    before = counts()
    _merge(agent, source, target)
    assert counts() == (1, 1, [("vip", 1)])
    agent.delete(f"/v1/tickets/{source}/merge")
    assert counts() == before


def test_tm17_two_requesters_need_a_word_and_then_read_both(cloud, agent):
    source, target = agent.post("/v1/tickets", OTHER).body["id"], agent.post("/v1/tickets", NEW_TICKET).body["id"]
    refused = _merge(agent, source, target)
    assert (refused.status, refused.body["code"]) == (409, "other_requester")
    assert _merge(agent, source, target, allow_other_requester=True).status == 200
    assert agent.get(f"/v1/tickets/{target}").body["cc"] == ["otto@other.test"]
    otto = contact("otto@other.test")
    shown = otto.get(f"/v1/portal/tickets/{source}").body
    assert (shown["id"], len(shown["messages"])) == (target, 2)
    assert otto.post(f"/v1/portal/tickets/{source}/messages", {"body_text": "Here?"}).status == 201
    assert _words(agent, target)[-1] == "Here?"
    agent.delete(f"/v1/tickets/{source}/merge")
    assert agent.get(f"/v1/tickets/{target}").body["cc"] == []
    assert otto.get(f"/v1/portal/tickets/{target}").status == 404


def test_tm17_who_is_not_taken_along_sees_nothing_of_the_target(agent):
    source, target = agent.post("/v1/tickets", OTHER).body["id"], agent.post("/v1/tickets", NEW_TICKET).body["id"]
    _merge(agent, source, target, allow_other_requester=True, participants="none")
    otto = contact("otto@other.test")
    shown = otto.get(f"/v1/portal/tickets/{source}").body
    assert (shown["id"], len(shown["messages"])) == (source, 1)
    assert (shown["can_write"], shown["can_reopen"]) == (False, False)
    refused = otto.post(f"/v1/portal/tickets/{source}/messages", {"body_text": "x"})
    assert refused.status == 409
    assert target not in str(refused.body) + str(shown)
    assert otto.get(f"/v1/portal/tickets/{target}").status == 404


def test_tm17_permission_is_checked_on_both(admin, agent, pair):
    """GHSA-v8vc-cmf9-gg2c."""
    source, target = pair
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    role = {"label": "Tier 1", "permissions": ["tickets:read", "tickets:write"], "sees": ["teams"]}
    narrow = staff(admin.post("/v1/roles", role).body["id"], "tina@acme.test")
    admin.patch(f"/v1/people/{narrow.me['id']}", {"team_ids": [team]})
    agent.patch(f"/v1/tickets/{source}", {"team_id": team})
    assert _merge(narrow, source, target).status == 404
    assert _merge(narrow, target, source).status == 404
    _merge(agent, source, target)
    assert narrow.delete(f"/v1/tickets/{source}/merge").status == 404
    assert _merge(staff("viewer", "vera@acme.test"), source, target).status == 403


def test_tm17_mail_to_the_old_thread_lands_on_the_living_ticket_through_a_chain(cloud, agent):
    """EM-13."""
    ids = [receive(a_mail(Message_ID=f"<{n}@customer.test>", Precedence="bulk"))["ticket_id"] for n in "abc"]
    _say(agent, ids[0], "An answer", "reply")
    cloud.pump()
    sent = message_from_bytes(cloud.sent()[-1][1], policy=default)
    address = sent["Reply-To"].addresses[0].addr_spec
    _merge(agent, ids[0], ids[1])
    _merge(agent, ids[1], ids[2])
    by_address = receive(a_mail("Other", "One"), to=[address])
    by_reference = receive(a_mail("Re: x", "Two", References="<a@customer.test>"))
    assert {by_address["ticket_id"], by_reference["ticket_id"]} == {ids[2]}
    assert [words.strip() for words in _words(agent, ids[2])[-2:]] == ["One", "Two"]
    assert agent.delete(f"/v1/tickets/{ids[0]}/merge").body["code"] == "merged"
    assert agent.delete(f"/v1/tickets/{ids[1]}/merge").status == 200
    assert receive(a_mail("Re: x", "Three", References="<a@customer.test>"))["ticket_id"] == ids[1]
    _holds(*ids)


def test_tm17_a_circle_of_merges_could_not_hold_mail_up(cloud, agent):
    """There can be none; a row that says so all the same ends the walk."""
    from dataclasses import replace

    from helpdesk.tickets.model import Ticket
    from helpdesk.tickets.thread import living

    one = Ticket("acme", "A", merged_into="B")
    two = replace(one, id="B", merged_into="A")
    assert living("acme", {"A": one, "B": two}) == {"A": one, "B": two}
    assert living("acme", {"A": replace(one, merged_into="gone")})["A"].id == "A"


def test_tm17_five_hundred_messages_merge_in_one_small_transaction_and_page_in_order(agent, pair, timeline):
    from helpdesk.core.items import dump_item
    from helpdesk.tickets.message_store import message_row
    from helpdesk.tickets.model import Message

    source, target = pair
    author = {"kind": "agent", "id": agent.me["id"], "name": "Sam"}
    requests = []
    for index in range(500):
        id_ = f"7ZZZZZZZZZ{index:016}"
        message = Message(id_, "note", author, f"{index}", f"{index}", "2026-01-01T00:00:00.000Z")
        row = message_row("acme", pair[index % 2], message).item
        requests.append({"PutRequest": {"Item": dump_item(row)}})
    for start in range(0, 500, 25):
        boto3.client("dynamodb").batch_write_item(RequestItems={"Tickets": requests[start : start + 25]})
    agent.get(f"/v1/tickets/{source}")
    with metered() as meter:
        assert _merge(agent, source, target).status == 200
    assert [operation for _, operation, _ in meter.calls] == ["BatchGetItem", "TransactWriteItems"]
    seen, cursor = [], ""
    while cursor is not None:
        page = agent.get(f"/v1/tickets/{target}/messages?limit=100{cursor and f'&cursor={cursor}'}").body
        seen = [message["body_text"] for message in page["data"]] + seen
        cursor = page["next_cursor"]
    assert seen == ["first", "second", *(str(index) for index in range(500))]
    with metered() as meter:
        agent.get(f"/v1/tickets/{target}?include=messages")
    assert [operation for _, operation, _ in meter.calls] == ["GetItem", "Query", "Query"]


def test_tm17_files_of_the_source_are_seen_by_who_sees_the_target(cloud, agent):
    mail = a_mail(From="otto@other.test")
    mail.add_attachment(b"log", maintype="text", subtype="plain", filename="a.log")
    source = receive(mail)["ticket_id"]
    target = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    file = agent.get(f"/v1/tickets/{source}?include=messages").body["messages"][0]["attachments"][0]["id"]
    carla = contact("carla@customer.test")
    assert carla.get(f"/v1/portal/attachments/{file}").status == 404
    _merge(agent, source, target, allow_other_requester=True)
    assert carla.get(f"/v1/portal/attachments/{file}").status == 302
    agent.delete(f"/v1/tickets/{source}/merge")
    assert carla.get(f"/v1/portal/attachments/{file}").status == 404


def test_tm17_a_receipt_for_an_old_reply_is_still_noted(cloud, agent, pair):
    source, target = pair
    _say(agent, source, "An answer", "reply")
    _merge(agent, source, target)
    cloud.pump()
    (reply,) = [one for one in agent.get(f"/v1/tickets/{target}/messages").body["data"] if one["kind"] == "reply"]
    assert reply["delivery"]["status"] == "sent"
    assert agent.delete(f"/v1/tickets/{source}/merge").status == 200
    _holds(*pair)


def test_tm17_a_merge_killed_anywhere_is_whole_or_not_at_all(cloud, agent, admin):
    done = 0
    for death in deaths():
        source, target = (agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(2))
        with death:
            _merge(agent, source, target)
        states = [agent.get(f"/v1/tickets/{one}").body for one in (source, target)]
        assert (states[0]["merged_into"] == target) == (states[1]["merged_from"] == [source]), death
        assert _merge(agent, source, target).status == 200
        assert agent.get(f"/v1/tickets/{target}").body["message_count"] == 2, death
        _holds(source, target)
        done += 1
    assert done >= 4


def test_tm17_an_old_version_stops_a_merge(agent, pair):
    source, target = pair
    agent.patch(f"/v1/tickets/{source}", {"priority": "low"})
    stale = agent.call("PUT", f"/v1/tickets/{source}/merge", {"into": target}, If_Match='"1"')
    assert stale.status == 412
    assert _merge(agent, source, source).status == 422
    assert _merge(agent, source, "99999").status == 404
