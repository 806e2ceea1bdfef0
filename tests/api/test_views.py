"""Views that people keep: shared, of teams, personal (EI-01, EI-02)."""

from __future__ import annotations

from tests.callers import NEW_TICKET, staff


def _ids(caller):
    return [view["id"] for view in caller.get("/v1/views").body["data"] if view["group"] in ("shared", "personal")]


def test_ei01_a_view_is_for_those_it_is_shared_with(cloud, admin, agent):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    admin.post("/v1/fields", {"id": "site", "label": "Site", "type": "text"})
    body = {
        "label": "VIP",
        "filter": {"field": "tag", "op": "is", "value": "vip"},
        "columns": ["number", "fields.site"],
    }
    all_ = admin.post("/v1/views", body | {"shared": "all"}).body
    teams = admin.post("/v1/views", body | {"shared": "teams", "team_ids": [team]}).body
    own = agent.post("/v1/views", body | {"filter": "tag:vip assignee:me"}).body
    assert (own["filter"], own["group"], own["owner_id"]) == ("tag:vip assignee:me", "personal", agent.me["id"])
    assert all_["filter"] == "tag:vip"
    assert set(_ids(agent)) == {all_["id"], own["id"]}
    assert set(_ids(admin)) == {all_["id"], teams["id"]}
    admin.patch(f"/v1/people/{agent.me['id']}", {"team_ids": [team]})
    assert set(_ids(agent)) == {all_["id"], teams["id"], own["id"]}
    assert admin.get(f"/v1/views/{own['id']}").status == 404
    assert admin.get(f"/v1/tickets?view={own['id']}").status == 400
    assert agent.post("/v1/views", body | {"shared": "all"}).status == 403
    assert agent.patch(f"/v1/views/{all_['id']}", {"label": "Mine"}).status == 403
    assert agent.delete(f"/v1/views/{all_['id']}").status == 403


def test_ei01_a_view_lists_counts_changes_and_goes(cloud, agent):
    for place in range(3):
        agent.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"] if place else []})
    cloud.pump_search()
    view = agent.post("/v1/views", {"label": "VIP", "filter": "tag:vip", "sort": "created_at"}).body
    listed = agent.get(f"/v1/tickets?view={view['id']}").body["data"]
    assert [row["created_at"] for row in listed] == sorted(row["created_at"] for row in listed)
    (counted,) = [one for one in agent.get("/v1/views").body["data"] if one["id"] == view["id"]]
    assert counted["count"] == len(listed) == 2
    assert agent.get(f"/v1/tickets?view={view['id']}&category=solved").body["data"] == []
    changed = agent.patch(f"/v1/views/{view['id']}", {"filter": "tag:none"}, If_Match='"1"')
    assert (changed.status, changed.body["filter"], changed.body["version"]) == (200, "tag:none", 2)
    assert agent.patch(f"/v1/views/{view['id']}", {"label": "x"}, If_Match='"1"').status == 412
    assert len(agent.get(f"/v1/tickets?view={view['id']}").body["data"]) == 1
    assert agent.delete(f"/v1/views/{view['id']}").status == 204
    assert agent.get(f"/v1/tickets?view={view['id']}").status == 400


def test_a_view_that_means_nothing_is_refused_with_the_place(cloud, admin):
    for body, pointer in (
        ({"filter": "colour:red"}, "/filter#0"),
        ({"filter": {"all": [{"field": "tag", "op": "gt", "value": "x"}]}}, "/filter/all/0/op"),
        ({"filter": "", "sort": "subject"}, "/sort"),
        ({"filter": "", "columns": ["colour"]}, "/columns"),
        ({"filter": "", "shared": "teams"}, "/team_ids"),
        ({"filter": "", "shared": "teams", "team_ids": ["none"]}, "/team_ids"),
    ):
        refused = admin.post("/v1/views", {"label": "x", **body})
        assert refused.status in (400, 422), refused.body
        assert refused.body["errors"][0]["pointer"] == pointer
    assert staff("viewer", "vi@acme.test").post("/v1/views", {"label": "x", "filter": "tag:x"}).status == 201
