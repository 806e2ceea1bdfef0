"""Who may see which ticket: roles with a sight, keys, the explainer; all agree (EI-01, part 3 items 24-27)."""

from __future__ import annotations

from itertools import product

import pytest

from tests.callers import NEW_TICKET, Caller, contact, staff

SIGHTS = (["all"], ["teams"], ["assigned"], ["unassigned"], ["teams", "assigned"], ["assigned", "unassigned"])
RIGHTS = ["tickets:read", "tickets:write", "people:read", "settings:read", "events:read"]


@pytest.fixture
def teams(admin):
    return [admin.post("/v1/teams", {"name": name}).body["id"] for name in ("Hardware", "Billing")]


def limited(
    admin: Caller, sees: list[str], team_ids: list[str], email: str = "lea@acme.test", rights: list[str] | None = None
) -> Caller:
    """A colleague with a role of this sight."""
    role = admin.post("/v1/roles", {"label": email, "permissions": rights or RIGHTS, "sees": sees})
    assert role.status == 201, role.body
    caller = staff(role.body["id"], email)
    changed = admin.patch(f"/v1/people/{caller.me['id']}", {"team_ids": team_ids})
    assert changed.status == 200, changed.body
    return caller


def a_ticket_each_way(admin: Caller, teams: list[str], people: list[str | None]) -> list[dict]:
    """A ticket for each pair of team and assignee."""
    made = []
    for team, person in product([*teams, None], people):
        reply = admin.post("/v1/tickets", NEW_TICKET | {"team_id": team, "assignee_id": person})
        assert reply.status == 201, reply.body
        made.append(reply.body)
    return made


def _may(sees: list[str], ticket: dict, me: str, team: str) -> bool:
    """The rule, said again in the words of the documentation."""
    return (
        "all" in sees
        or ("teams" in sees and ticket["team_id"] == team)
        or ("assigned" in sees and ticket["assignee_id"] == me)
        or ("unassigned" in sees and ticket["assignee_id"] is None)
    )


@pytest.mark.parametrize("sees", SIGHTS, ids="+".join)
def test_part3_24_read_write_events_and_the_explainer_agree(cloud, admin, agent, teams, sees):
    lea = limited(admin, sees, teams[:1])
    tickets = a_ticket_each_way(admin, teams, [lea.me["id"], agent.me["id"], None])
    cloud.pump()
    allowed = {one["id"] for one in tickets if _may(sees, one, lea.me["id"], teams[0])}
    read = {one["id"] for one in tickets if lea.get(f"/v1/tickets/{one['id']}").status == 200}
    by_number = {one["id"] for one in tickets if lea.get(f"/v1/tickets/{one['number']}").status == 200}
    written = {
        one["id"] for one in tickets if lea.patch(f"/v1/tickets/{one['id']}", {"priority": "high"}).status == 200
    }
    told = {
        event["subject"]["id"]
        for event in lea.get("/v1/events?after=0&limit=500").body["data"]
        if event["subject"]["kind"] == "ticket"
    }
    explained = {
        one["id"] for one in tickets if admin.get(f"/v1/access?actor={lea.me['id']}&ticket={one['id']}").body["may_see"]
    }
    assert read == by_number == written == told == explained == allowed


@pytest.mark.parametrize("sees", SIGHTS, ids="+".join)
def test_part3_24_lists_counts_search_and_facets_agree_with_the_read(cloud, admin, agent, teams, sees):
    lea = limited(admin, sees, teams[:1])
    tickets = a_ticket_each_way(admin, teams, [lea.me["id"], agent.me["id"], None])
    for one in tickets[::3]:
        assert admin.put(f"/v1/tickets/{one['id']}/resolution").status == 200
    view = admin.post("/v1/views", {"label": "Not low", "filter": "-priority:low", "shared": "all"}).body["id"]
    cloud.pump(30)
    done = {one["id"] for one in tickets[::3]}
    allowed = {one["id"] for one in tickets if _may(sees, one, lea.me["id"], teams[0])}

    def listed(query: str) -> set[str]:
        found, cursor = [], ""
        while True:
            page = lea.get(f"/v1/tickets?limit=2&{query}{cursor}").body
            found += [one["id"] for one in page["data"]]
            if not page["next_cursor"]:
                assert len(found) == len(set(found))
                return set(found)
            cursor = f"&cursor={page['next_cursor']}"

    for query, wanted in (("", allowed), ("category=active", allowed - done), ("category=done", allowed & done)):
        assert listed(query) == wanted, query
        assert listed(f"{query}&sort=created_at") == wanted, query
        assert listed(f"{query}&filter=-priority:low") == wanted, query
    counts = {one["id"]: one["count"] for one in lea.get("/v1/views").body["data"]}
    assert (counts["open"], counts[view]) == (len(allowed - done), len(allowed))
    for team in teams:
        assert counts[f"team:{team}"] == len({one["id"] for one in tickets if one["team_id"] == team} & allowed - done)
    found = lea.get("/v1/search?q=charger&type=tickets&facets=category,team_id,assignee_id&limit=100").body
    assert {hit["ticket"]["id"] for hit in found["data"]} == allowed and found["total"] == len(allowed)
    for facet in found["facets"].values():
        assert sum(one["count"] for one in facet) <= len(allowed)
    assert sum(one["count"] for one in found["facets"]["category"]) == len(allowed)
    suggested = {one["id"] for one in lea.get("/v1/search/suggest?q=10").body["tickets"]}
    assert suggested <= allowed and len(suggested) == min(5, len(allowed))


def test_ei01_a_ticket_that_leaves_ones_sight_is_said_to_and_no_more(cloud, admin, agent, teams):
    lea = limited(admin, ["teams"], teams[:1])
    ticket = admin.post("/v1/tickets", NEW_TICKET | {"team_id": teams[0]}).body
    admin.patch(f"/v1/tickets/{ticket['id']}", {"team_id": teams[1]})
    admin.patch(f"/v1/tickets/{ticket['id']}", {"subject": "Secret"})
    cloud.pump()
    (event,) = [one for one in lea.get("/v1/events?after=0").body["data"] if one["subject"]["id"] == ticket["id"]]
    assert (event["type"], event["changes"], event["data"]) == ("ticket.team_changed", {}, {"out_of_sight": True})


def test_api08_a_key_for_one_team_sees_its_tickets_only_and_never_more_than_its_creator(cloud, admin, teams):
    body = {"name": "CRM", "scopes": ["tickets:read", "events:read"], "team_ids": teams[:1]}
    key = Caller({"authorization": f"Bearer {admin.post('/v1/api-keys', body).body['key']}"})
    mine, other = (admin.post("/v1/tickets", NEW_TICKET | {"team_id": team}).body["id"] for team in teams)
    assert key.get(f"/v1/tickets/{mine}").status == 200
    assert key.get(f"/v1/tickets/{other}").status == 404
    wrong = admin.post("/v1/api-keys", body | {"team_ids": [teams[0], "x"], "networks": ["203.0.113.0/24", "home"]})
    assert wrong.status == 422


def test_api08_a_key_of_a_limited_creator_is_as_limited(cloud, admin, teams):
    rights = [*RIGHTS, "keys:write"]
    role = admin.post("/v1/roles", {"label": "Lead", "permissions": rights, "sees": ["teams", "assigned"]}).body
    lead = staff(role["id"], "lead@acme.test")
    admin.patch(f"/v1/people/{lead.me['id']}", {"team_ids": teams[:1]})
    made = lead.post("/v1/api-keys", {"name": "k", "scopes": ["tickets:read"], "team_ids": teams}).body
    plain = lead.post("/v1/api-keys", {"name": "k", "scopes": ["tickets:read"]}).body
    own = admin.post("/v1/tickets", NEW_TICKET | {"team_id": teams[0]}).body["id"]
    foreign = admin.post("/v1/tickets", NEW_TICKET | {"team_id": teams[1]}).body["id"]
    given = admin.post("/v1/tickets", NEW_TICKET | {"assignee_id": lead.me["id"]}).body["id"]
    team_key, key = (Caller({"authorization": f"Bearer {one['key']}"}) for one in (made, plain))
    assert [team_key.get(f"/v1/tickets/{one}").status for one in (own, foreign, given)] == [200, 404, 404]
    assert [key.get(f"/v1/tickets/{one}").status for one in (own, foreign, given)] == [200, 404, 200]


def test_api08_a_key_works_from_its_networks_only(cloud, admin):
    """The tests call from 198.51.100.7."""

    def key(networks):
        body = {"name": "k", "scopes": ["tickets:read"], "networks": networks}
        return Caller({"authorization": f"Bearer {admin.post('/v1/api-keys', body).body['key']}"})

    assert key(["198.51.100.0/24", "2001:db8::/32"]).get("/v1/views").status == 200
    refused = key(["203.0.113.0/24"]).get("/v1/views")
    assert (refused.status, refused.body["code"]) == (403, "network_not_allowed")


def test_api08_a_key_can_be_narrowed_and_tells_when_it_was_used(cloud, admin):
    made = admin.post("/v1/api-keys", {"name": "k", "scopes": ["tickets:read", "settings:read"]}).body
    key = Caller({"authorization": f"Bearer {made['key']}"})
    assert key.get("/v1/teams").status == 200
    (row,) = admin.get("/v1/api-keys").body["data"]
    assert row["last_used_at"]
    changed = admin.patch(f"/v1/api-keys/{made['id']}", {"scopes": ["tickets:read"]})
    assert (changed.status, changed.body["scopes"]) == (200, ["tickets:read"])
    assert key.get("/v1/teams").status == 403


def test_nobody_hands_out_more_than_he_has(cloud, admin):
    rights = [*RIGHTS, "people:write", "settings:write", "roles:write"]
    role = admin.post("/v1/roles", {"label": "Office", "permissions": rights, "sees": ["teams"]}).body
    office = staff(role["id"], "office@acme.test")
    more = {"label": "More", "permissions": ["tickets:read", "keys:write", "nonsense"], "sees": ["teams", "all"]}
    refused = office.post("/v1/roles", more)
    faults = {(fault["pointer"], fault["code"]) for fault in refused.body["errors"]}
    assert faults == {("/permissions/0", "not_yours"), ("/permissions/1", "unknown"), ("/sees/0", "not_yours")}
    assert office.patch(f"/v1/roles/{role['id']}", {"permissions": [*rights, "keys:write"]}).status == 422
    assert office.patch(f"/v1/people/{office.me['id']}", {"role": "admin"}).status == 403
    assert office.post("/v1/people", {"email": "x@acme.test", "role": "admin"}).status == 403
    assert office.patch(f"/v1/people/{admin.me['id']}", {"disabled": True}).status == 403


def test_a_role_that_is_held_stays_and_built_in_ones_never_change(cloud, admin):
    role = admin.post("/v1/roles", {"label": "Tier 1", "permissions": RIGHTS, "sees": ["teams"]}).body
    person = staff(role["id"], "tier@acme.test")
    held = admin.delete(f"/v1/roles/{role['id']}")
    assert (held.status, held.body["code"], held.body["holders"]) == (409, "in_use", 1)
    assert admin.patch("/v1/roles/agent", {"label": "x"}).body["code"] == "built_in"
    assert admin.patch(f"/v1/people/{person.me['id']}", {"role": "viewer"}).status == 200
    assert admin.delete(f"/v1/roles/{role['id']}").status == 204
    assert admin.get(f"/v1/roles/{role['id']}").status == 404


def test_a_changed_role_holds_for_those_who_have_it(cloud, admin):
    role = admin.post("/v1/roles", {"label": "Tier 1", "permissions": RIGHTS, "sees": ["all"]}).body
    person = staff(role["id"], "tier@acme.test")
    assert person.post("/v1/tickets", NEW_TICKET).status == 201
    assert admin.patch(f"/v1/roles/{role['id']}", {"permissions": ["tickets:read"]}).status == 200
    assert person.post("/v1/tickets", NEW_TICKET).status == 403


def test_the_explainer_names_the_reason(cloud, admin, teams):
    lea = limited(admin, ["teams", "assigned"], teams[:1])
    ticket = admin.post("/v1/tickets", NEW_TICKET | {"team_id": teams[0]}).body
    answer = admin.get(f"/v1/access?actor={lea.me['id']}&ticket={ticket['number']}").body
    assert [(one["reason"], one["holds"]) for one in answer["reasons"]] == [("assigned", False), ("teams", True)]
    carla = contact("carla@customer.test")
    assert admin.get(f"/v1/access?actor={carla.me['id']}&ticket={ticket['id']}").body["may_see"] is True
    assert lea.get(f"/v1/access?actor={carla.me['id']}&ticket={ticket['id']}").status == 403
    assert admin.get("/v1/access").status == 400
