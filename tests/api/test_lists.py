"""Lists and views: indexes only, stable cursors, live counts, the feed."""

from __future__ import annotations

from tests.callers import NEW_TICKET, contact, staff


def _walk(caller, target, limit=3):
    rows, cursor = [], ""
    while True:
        page = caller.get(f"{target}&limit={limit}{cursor}")
        assert page.status == 200, page.body
        rows += page.body["data"]
        if not page.body["next_cursor"]:
            return rows
        cursor = f"&cursor={page.body['next_cursor']}"


def test_a_walk_sees_each_ticket_once_newest_first(agent):
    """API-04; active and done merge into one order."""
    made = [agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(11)]
    for index, status in enumerate(("open", "waiting", "on_hold", "open")):
        agent.patch(f"/v1/tickets/{made[index]}", {"status_id": status})
    rows = _walk(agent, "/v1/tickets?view=open")
    assert sorted(row["id"] for row in rows) == sorted(made)
    assert [row["updated_at"] for row in rows] == sorted((row["updated_at"] for row in rows), reverse=True)
    agent.put(f"/v1/tickets/{made[5]}/resolution")
    agent.put(f"/v1/tickets/{made[9]}/resolution")
    everything = _walk(agent, "/v1/tickets?sort=-updated_at")
    assert [row["id"] for row in everything[:2]] == [made[9], made[5]]
    assert sorted(row["id"] for row in everything) == sorted(made)
    rows = _walk(agent, "/v1/tickets?view=open")
    assert len(rows) == 9
    oldest_first = _walk(agent, "/v1/tickets?view=open&sort=updated_at")
    assert [row["id"] for row in oldest_first] == [row["id"] for row in rows][::-1]


def test_a_walk_is_stable_while_tickets_arrive(agent):
    before = {agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(6)}
    page = agent.get("/v1/tickets?category=new&limit=3").body
    agent.post("/v1/tickets", NEW_TICKET)
    rest = _walk(agent, f"/v1/tickets?category=new&cursor={page['next_cursor']}".replace("&limit=3", ""))
    seen = [row["id"] for row in page["data"] + rest]
    assert sorted(seen) == sorted(before)


def test_a_cursor_serves_its_own_query_and_caller_only(agent):
    for _ in range(3):
        agent.post("/v1/tickets", NEW_TICKET)
    cursor = agent.get("/v1/tickets?category=new&limit=1").body["next_cursor"]
    other = staff("agent", "other@acme.test")
    for caller, target in (
        (other, f"/v1/tickets?category=new&cursor={cursor}"),
        (agent, f"/v1/tickets?category=open&cursor={cursor}"),
        (agent, f"/v1/tickets?category=new&cursor={cursor[:-2]}xx"),
        (agent, "/v1/tickets?category=new&cursor=***"),
    ):
        refused = caller.get(target)
        assert (refused.status, refused.body["code"]) == (400, "bad_cursor")


def test_each_filter_reads_its_index(agent, admin):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body
    first = agent.post("/v1/tickets", NEW_TICKET | {"assignee_id": agent.me["id"], "team_id": team["id"]}).body
    second = agent.post("/v1/tickets", NEW_TICKET | {"requester": {"email": "li@customer.test"}}).body

    def ids(target):
        return [row["id"] for row in agent.get(target).body["data"]]

    assert ids("/v1/tickets?view=mine") == ids("/v1/tickets?assignee_id=me") == [first["id"]]
    assert ids("/v1/tickets?view=unassigned") == [second["id"]]
    assert ids(f"/v1/tickets?team_id={team['id']}") == ids(f"/v1/tickets?view=team:{team['id']}") == [first["id"]]
    assert ids(f"/v1/tickets?requester_id={second['requester']['id']}") == [second["id"]]
    agent.put(f"/v1/tickets/{first['id']}/resolution")
    assert ids("/v1/tickets?view=mine") == []
    assert ids("/v1/tickets?assignee_id=me") == ids("/v1/tickets?category=solved") == [first["id"]]


def test_what_no_index_answers_is_a_400_with_the_reason(agent):
    """API-05."""
    for query in (
        "sort=subject",
        "sort=fields.site",
        "sort=-priority,-priority",
        "sort=number,priority,due_at,created_at",
    ):
        refused = agent.get(f"/v1/tickets?{query}")
        assert (refused.status, refused.body["code"]) == (400, "not_indexed"), query
        assert refused.body["errors"][0]["message"]
    for query in ("view=none", "category=none", "limit=0", "limit=101", "limit=x", "filter=colour:red", "fields=x"):
        assert agent.get(f"/v1/tickets?{query}").status == 400, query


def test_counts_follow_every_change(cloud, agent, admin):
    """EI-01: counts are exact, whatever happened in between."""
    team = admin.post("/v1/teams", {"name": "Billing"}).body
    tickets = [agent.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).body for _ in range(4)]
    agent.patch(f"/v1/tickets/{tickets[0]['id']}", {"assignee_id": agent.me["id"], "team_id": team["id"]})
    agent.patch(f"/v1/tickets/{tickets[1]['id']}", {"status_id": "waiting", "tags": {"remove": ["vip"]}})
    agent.put(f"/v1/tickets/{tickets[2]['id']}/resolution")
    cloud.pump()
    counts = {view["id"]: view["count"] for view in agent.get("/v1/views").body["data"]}
    assert counts == {
        "mine": 1,
        "unassigned": 2,
        "open": 3,
        "waiting": 1,
        "solved": 1,
        "closed": 0,
        f"team:{team['id']}": 1,
    }
    assert [(tag["id"], tag["count"]) for tag in agent.get("/v1/tags").body["data"]] == [("vip", 3)]
    for name, count in counts.items():
        assert len(agent.get(f"/v1/tickets?view={name}").body["data"]) == count, name


def test_the_feed_walks_from_any_point(cloud, agent, ticket):
    start = agent.get("/v1/events?after=latest").body["next_cursor"]
    assert start == "0"
    cloud.pump()
    events = agent.get("/v1/events?after=0").body
    assert [event["type"] for event in events["data"] if event["subject"]["id"] == ticket["id"]] == [
        "ticket.created",
        "message.received",
    ]
    assert agent.get(f"/v1/events?after={events['next_cursor']}").body["data"] == []
    agent.put(f"/v1/tickets/{ticket['id']}/resolution")
    cloud.pump()
    (event,) = agent.get(f"/v1/events?after={events['next_cursor']}").body["data"]
    assert (event["type"], event["seq"], event["subject"]) == (
        "ticket.status_changed",
        int(events["next_cursor"]) + 1,
        {"kind": "ticket", "id": ticket["id"]},
    )
    only = agent.get("/v1/events?after=0&types=ticket.created").body
    assert [event["type"] for event in only["data"]] == ["ticket.created"]
    assert agent.get("/v1/events?after=x").status == 400


def test_events_that_the_stream_gave_up_are_published_later(cloud, agent, ticket):
    from infra.commands.republish import publish_unnumbered

    cloud.pump()
    known = _feed(agent)[-1]["seq"]
    lost = agent.post("/v1/tickets", NEW_TICKET).body
    cloud.sequence = cloud.stream_records()[-1]["dynamodb"]["SequenceNumber"]
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    assert len(_feed(agent, known)) == 2
    assert (publish_unnumbered(), publish_unnumbered()) == (2, 0)
    events = _feed(agent, known + 2)
    assert [(event["seq"], event["subject"]["id"]) for event in events] == [
        (known + 3, lost["id"]),
        (known + 4, lost["id"]),
    ]


def test_a_purged_event_does_not_hold_up_the_feed(cloud, agent, ticket):
    import boto3

    cloud.pump()
    known = _feed(agent)[-1]["seq"]
    first, second = (agent.post("/v1/tickets", NEW_TICKET).body for _ in range(2))
    key = {"pk": {"S": f"acme#{first['id']}"}, "sk": {"S": "EVENT#0000000001"}}
    boto3.client("dynamodb").delete_item(TableName="Tickets", Key=key)
    cloud.pump()
    events = _feed(agent, known)
    assert [event["seq"] - known for event in events] == [1, 2, 3]
    assert [event["subject"]["id"] for event in events] == [first["id"], second["id"], second["id"]]


def test_the_feed_crosses_its_buckets(cloud, admin, monkeypatch):
    monkeypatch.setattr("helpdesk.feed.store.BUCKET", 5)
    for _ in range(8):
        admin.post("/v1/tickets", NEW_TICKET)
    cloud.pump_events()
    seen, after = [], "0"
    while page := admin.get(f"/v1/events?after={after}&limit=3").body["data"]:
        seen += [event["seq"] for event in page]
        after = str(page[-1]["seq"])
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) >= 16


def _feed(caller, after=0):
    return caller.get(f"/v1/events?after={after}").body["data"]


def test_the_portal_lists_own_tickets_only(agent, ticket, customer):
    stranger = contact("eve@elsewhere.test", "Eve")
    (own,) = customer.get("/v1/portal/tickets?state=open").body["data"]
    assert own["id"] == ticket["id"]
    assert own["status"]["label"] == "Received"
    assert stranger.get("/v1/portal/tickets").body["data"] == []


def test_api05_a_rank_that_nobody_knows_is_a_fault_and_no_empty_list(agent, ticket):
    answer = agent.get("/v1/tickets?filter=priority:>=hihg")
    assert (answer.status, answer.body["code"]) == (400, "bad_filter")
    assert answer.body["errors"][0]["pointer"] == "/filter"
    kept = agent.post("/v1/views", {"label": "x", "filter": "priority:<hihg"})
    assert (kept.status, kept.body["code"]) == (400, "bad_filter")
