"""Tickets through the API: create, read, answer, change, and every way to be refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.callers import NEW_TICKET


def test_a_new_ticket_has_an_opaque_id_and_the_next_number(agent):
    first, second = (agent.post("/v1/tickets", NEW_TICKET) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert second.body["number"] == first.body["number"] + 1
    assert len(first.body["id"]) == 26
    assert first.headers["Location"] == f"/v1/tickets/{first.body['id']}"
    assert first.headers["ETag"] == f'"{first.body["version"]}"'
    assert first.body["requester"]["email"] == "carla@customer.test"
    assert first.body["requester"] == second.body["requester"]


def test_a_ticket_reads_by_id_and_by_number_with_its_thread(agent, ticket):
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "Looks like firmware."})
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_html": "<p>Hello <b>Carla</b></p>"})
    read = agent.get(f"/v1/tickets/{ticket['number']}?include=messages,events")
    assert read.status == 200
    assert [message["kind"] for message in read.body["messages"]] == ["customer", "note", "reply"]
    assert read.body["messages"][2]["body_text"].strip() == "Hello Carla"
    assert [event["type"] for event in read.body["events"]] == [
        "ticket.created",
        "message.received",
        "note.added",
        "message.sent",
        "ticket.status_changed",
    ]
    assert read.body["status"]["category"] == "open"
    assert read.body["first_response_at"] == read.body["messages"][2]["created_at"]


def test_parallel_creates_have_distinct_numbers(agent):
    """TM-01; two hundred of them go through the whole stack in tests/flows."""
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: agent.post("/v1/tickets", NEW_TICKET), range(40)))
    assert {reply.status for reply in replies} == {201}
    assert len({reply.body["number"] for reply in replies}) == 40
    assert len({reply.body["requester"]["id"] for reply in replies}) == 1


def test_properties_change_and_each_is_an_event(agent, ticket):
    """TM-20: one command, one audit with what changed from what to what."""
    body = {"priority": "high", "assignee_id": agent.me["id"], "tags": {"add": ["Outage", "e-42"]}}
    changed = agent.patch(f"/v1/tickets/{ticket['id']}", body)
    assert changed.status == 200
    assert changed.body["tags"] == ["e-42", "outage"]
    events = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"][-3:]
    assert {event["type"] for event in events} == {
        "ticket.priority_changed",
        "ticket.assigned",
        "ticket.tags_changed",
    }
    assert len({event["correlation_id"] for event in events}) == 1
    assert events[0]["actor"]["id"] == agent.me["id"]
    priority = next(event for event in events if event["type"] == "ticket.priority_changed")
    assert priority["changes"] == {"priority": {"from": "normal", "to": "high"}}


def test_two_people_adding_tags_both_win(agent, ticket):
    """TM-09."""
    with ThreadPoolExecutor(8) as pool:
        tags = [f"tag-{index}" for index in range(16)]
        path = f"/v1/tickets/{ticket['id']}"
        replies = list(pool.map(lambda tag: agent.patch(path, {"tags": {"add": [tag]}}), tags))
    assert {reply.status for reply in replies} == {200}
    assert agent.get(path).body["tags"] == sorted(tags)


def test_eight_people_writing_at_once_all_get_through(agent, ticket):
    path = f"/v1/tickets/{ticket['id']}/messages"
    with ThreadPoolExecutor(8) as pool:
        words = [{"kind": "note", "body_text": f"note {index}"} for index in range(24)]
        replies = list(pool.map(lambda body: agent.post(path, body), words))
    assert {reply.status for reply in replies} == {201}
    assert agent.get(f"/v1/tickets/{ticket['id']}").body["message_count"] == 25


def test_fields_and_tags_have_bounds(admin, agent, ticket):
    """A row has 400 kB (DynamoDB); what would not fit is refused, not lost."""
    path = f"/v1/tickets/{ticket['id']}"
    for id_ in ("one-more", "big", *(f"field-{index}" for index in range(7))):
        admin.post("/v1/fields", {"id": id_, "label": id_, "type": "long_text"})
    for index in range(6):
        reply = agent.patch(path, {"fields": {f"field-{index}": "x" * 9_900}})
        assert reply.status == 200, reply.body
    full = agent.patch(path, {"fields": {"one-more": "x" * 9_900}})
    assert (full.status, full.body["errors"][0]["pointer"]) == (422, "/fields")
    assert agent.patch(path, {"fields": {"big": "x" * 10_001}}).status == 422
    many = {f"field-{index}": "x" * 9_900 for index in range(7)}
    assert agent.post("/v1/tickets", NEW_TICKET | {"fields": many}).status == 422
    for start in (0, 50):
        assert agent.patch(path, {"tags": {"add": [f"t{start + index}" for index in range(50)]}}).status == 200
    assert agent.patch(path, {"tags": {"add": ["one-more"]}}).body["errors"][0]["code"] == "too_many"


def test_an_illegal_move_names_the_legal_ones(agent, ticket):
    agent.put(f"/v1/tickets/{ticket['id']}/resolution")
    refused = agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    assert (refused.status, refused.body["code"]) == (409, "illegal_transition")
    assert refused.body["legal"] == ["open", "closed"]


def test_a_stale_write_shows_the_current_row_and_what_differs(agent, ticket):
    """API-15."""
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"priority": "urgent"})
    stale = agent.patch(path, {"subject": "Another"}, If_Match=f'"{ticket["version"]}"')
    assert (stale.status, stale.body["code"]) == (412, "stale_version")
    assert stale.body["current"]["priority"] == "urgent"
    assert stale.body["differing"] == ["priority"]
    fresh = agent.patch(path, {"subject": "Another"}, If_Match=f'"{stale.body["current"]["version"]}"')
    assert (fresh.status, fresh.body["subject"]) == (200, "Another")


def test_solve_and_reopen_are_each_others_undo(agent, ticket):
    path = f"/v1/tickets/{ticket['id']}/resolution"
    solved = agent.put(path)
    assert (solved.body["status"]["category"], solved.body["resolved_at"] is not None) == ("solved", True)
    again = agent.put(path)
    assert again.body["version"] == solved.body["version"]
    reopened = agent.delete(path)
    assert (reopened.body["status"]["category"], reopened.body["resolved_at"]) == ("open", None)


def test_all_faulty_fields_are_named_at_once(agent):
    """API-07."""
    body = {"subject": "", "requester": {"email": 5}, "surprise": 1, "body_text": "x"}
    refused = agent.post("/v1/tickets", body)
    assert refused.status == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert {error["pointer"] for error in refused.body["errors"]} == {"/subject", "/requester/email", "/surprise"}


def test_references_that_do_not_exist_are_named_at_once(agent, ticket):
    body = {"priority": "asap", "assignee_id": "nobody", "team_id": "none", "status_id": "gone"}
    refused = agent.patch(f"/v1/tickets/{ticket['id']}", body)
    assert refused.status == 422
    assert {error["pointer"] for error in refused.body["errors"]} == {f"/{name}" for name in body}


def test_bodies_that_are_not_json_are_refused(agent):
    assert agent.call("POST", "/v1/tickets", "{").status == 400
    assert agent.call("POST", "/v1/tickets", "[" * 100_000).status == 400
    assert agent.call("POST", "/v1/tickets", "x" * 1_000_001).status == 413
    assert agent.call("POST", "/v1/tickets", "{}", Content_Type="text/plain").status == 415
    assert agent.call("POST", "/v1/tickets", '"text"').status == 422


def test_hostile_html_is_made_harmless(agent, ticket):
    body = {"kind": "reply", "body_html": "<p onclick=x>Hi<script>alert(1)</script><img src=x onerror=alert(1)></p>"}
    message = agent.post(f"/v1/tickets/{ticket['id']}/messages", body).body
    assert "script" not in message["body_html"]
    assert "onerror" not in message["body_html"]
    assert "onclick" not in message["body_html"]


def test_a_message_of_nothing_is_refused(agent, ticket):
    path = f"/v1/tickets/{ticket['id']}/messages"
    assert agent.post(path, {"kind": "reply", "body_text": " \n "}).status == 422
    assert agent.post(path, {"kind": "reply", "body_html": "<p></p>"}).status == 422
    assert agent.post(path, {"kind": "reply", "body_html": "<p>x</p>", "body_text": "x"}).status == 422


def test_a_long_body_is_kept_whole(agent, ticket):
    words = "Ein langer Satz. " * 20_000
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": words})
    message = agent.get(f"/v1/tickets/{ticket['id']}?include=messages").body["messages"][-1]
    assert message["body_text"] == words.strip("\n")


def test_older_messages_page_back_to_the_first(agent, ticket):
    path = f"/v1/tickets/{ticket['id']}/messages"
    for index in range(25):
        agent.post(path, {"kind": "note", "body_text": f"note {index}"})
    page = agent.get(f"/v1/tickets/{ticket['id']}?include=messages&limit=10").body
    seen, cursor = list(page["messages"]), page["messages_cursor"]
    while cursor:
        older = agent.get(f"{path}?limit=10&cursor={cursor}")
        assert older.status == 200, older.body
        seen, cursor = older.body["data"] + seen, older.body["next_cursor"]
    assert [message["body_text"] for message in seen[1:]] == [f"note {index}" for index in range(25)]


def test_unknown_tickets_and_paths_are_404_and_methods_405(agent):
    assert agent.get("/v1/tickets/01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 404
    assert agent.get("/v1/tickets/99999").status == 404
    assert agent.get("/v1/tickets/1/2/3/4").status == 404
    wrong = agent.delete("/v1/views")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "GET, POST")
