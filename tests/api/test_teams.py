"""AD-02, AD-03, AD-08: teams in a tree, skills of colleagues, and whether they take tickets."""

from __future__ import annotations

import pytest

from tests.api.routed import change, counted, held, is_, member, opened, owner, team
from tests.callers import NEW_TICKET
from tests.cloud import ORG


def test_ad02_teams_stand_in_a_tree_and_are_archived_with_their_history(cloud, admin, agent):
    top = admin.post("/v1/teams", {"name": "Support", "focus": "Everything that breaks"}).body
    below = admin.post("/v1/teams", {"name": "Chargers", "parent_id": top["id"]}).body
    assert (top["focus"], below["parent_id"], below["routing"]["mode"]) == (
        "Everything that breaks",
        top["id"],
        "manual",
    )
    cyclic = admin.patch(f"/v1/teams/{top['id']}", {"parent_id": below["id"]})
    assert [(one["pointer"], one["code"]) for one in cyclic.body["errors"]] == [("/parent_id", "cyclic")]
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"team_id": below["id"]}).body
    assert admin.delete(f"/v1/teams/{below['id']}").status == 204
    assert [one["id"] for one in admin.get("/v1/teams").body["data"]] == [top["id"]]
    names = {one["id"]: one["name"] for one in admin.get("/v1/teams?archived=1").body["data"]}
    assert names[agent.get(f"/v1/tickets/{ticket['id']}").body["team_id"]] == "Chargers"
    refused = agent.post("/v1/tickets", NEW_TICKET | {"team_id": below["id"]})
    assert refused.body["errors"][0]["pointer"] == "/team_id"
    assert admin.patch(f"/v1/teams/{below['id']}", {"archived": False}).status == 200
    assert agent.post("/v1/tickets", NEW_TICKET | {"team_id": below["id"]}).status == 201


def test_ad02_a_teams_tickets_also_go_to_the_teams_below_it(cloud, admin, agent):
    top = team(admin, "Support")
    below = admin.post("/v1/teams", {"name": "Chargers", "parent_id": top}).body["id"]
    one = member(admin, "one", below)
    ticket = opened(agent, top)
    cloud.pump_routing()
    assert owner(agent, ticket) == one.me["id"]


def test_ad02_an_agent_is_in_many_teams_of_which_one_is_the_first(cloud, admin):
    first, second = team(admin, "First"), team(admin, "Second")
    one = member(admin, "one", first, second, primary_team_id=second)
    path = f"/v1/people/{one.me['id']}"
    refused = admin.patch(path, {"primary_team_id": "other"})
    assert [(fault["pointer"], fault["code"]) for fault in refused.body["errors"]] == [
        ("/primary_team_id", "not_member")
    ]
    assert change(admin, one, team_ids=[first])["primary_team_id"] is None


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"skills": [{"skill": "Billing"}, {"skill": "billing"}]}, "/skills/1/skill"),
        ({"skills": [{"skill": "Billing", "level": 6}]}, "/skills/0/level"),
        ({"skills": [{"skill": ""}]}, "/skills/0/skill"),
        ({"languages": ["de", "not a language"]}, "/languages/1"),
        ({"languages": ["de", "de"]}, "/languages/1"),
        ({"capacity": -1}, "/capacity"),
    ],
)
def test_ad03_what_is_wrong_with_a_skill_is_told_at_its_place(cloud, admin, agent, values, pointer):
    refused = admin.patch(f"/v1/people/{agent.me['id']}", values)
    assert (refused.status, [one["pointer"] for one in refused.body["errors"]]) == (422, [pointer])


def test_ad03_skills_have_a_level_and_are_an_administrators_to_give(cloud, admin, agent):
    skills = [{"skill": "Billing", "level": 4}, {"skill": "Electrics"}]
    assert agent.patch(f"/v1/people/{agent.me['id']}", {"skills": skills}).status == 403
    shown = change(admin, agent, skills=skills, languages=["en", "de-AT"], capacity=12)
    assert shown["skills"] == [{"skill": "Billing", "level": 4}, {"skill": "Electrics", "level": 1}]
    assert (shown["languages"], shown["capacity"]) == (["en", "de-AT"], 12)
    customer = admin.post("/v1/people", {"email": "carla@customer.test"}).body
    assert "skills" not in customer
    refused = admin.patch(f"/v1/people/{customer['id']}", {"skills": skills})
    assert refused.status == 422


def test_ad03_a_teams_required_skills_are_checked(cloud, admin):
    twice = [{"skill": "a"}, {"skill": "A"}]
    refused = admin.post("/v1/teams", {"name": "Chargers", "routing": {"requires": twice}})
    assert [one["pointer"] for one in refused.body["errors"]] == ["/routing/requires/1/skill"]


def test_ad08_what_one_says_of_oneself_sticks_and_the_clock_does_not_go_over_it(cloud, agent, timeline):
    assert agent.get(f"/v1/people/{agent.me['id']}").body["availability"]["state"] == "available"
    first = is_(agent, "away", by="clock").body["availability"]
    assert (first["state"], first["by"]) == ("away", "clock")
    assert is_(agent, "available", by="clock").body["availability"]["state"] == "available"
    is_(agent, "offline")
    timeline.go(hours=20)
    kept = is_(agent, "available", by="clock").body["availability"]
    assert (kept["state"], kept["by"]) == ("offline", "self")
    assert is_(agent, "available").body["availability"]["since"] > kept["since"]


def test_ad08_only_an_administrator_speaks_for_others(cloud, admin, agent, customer):
    assert admin.put(f"/v1/people/{agent.me['id']}/availability", {"state": "away"}).status == 200
    assert agent.put(f"/v1/people/{admin.me['id']}/availability", {"state": "away"}).status == 403
    assert admin.put(f"/v1/people/{customer.me['id']}/availability", {"state": "away"}).status == 404


def test_ad08_who_is_away_gets_nothing_and_what_he_has_goes_to_others_if_he_wants_it(cloud, admin, agent):
    chargers = team(admin)
    one = member(admin, "one", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    assert owner(agent, ticket) == one.me["id"]
    is_(one, "away")
    cloud.pump_routing()
    assert owner(agent, ticket) == one.me["id"], "he only did not want more"
    is_(one, "away", reassign=True)
    cloud.pump_routing()
    assert owner(agent, ticket) is None
    assert agent.get(f"/v1/tickets/{ticket}").body["unmatched"]["reason"] == "gave_back"
    is_(one, "available")
    cloud.pump_routing()
    assert owner(agent, ticket) == one.me["id"]


def test_loads_follow_whatever_happens_to_a_ticket(cloud, admin, agent):
    """Assigned, solved, opened again, trashed, restored, undone, merged: the count is that of the tickets."""
    one, other = member(admin, "one"), member(admin, "other")
    ids = [agent.post("/v1/tickets", NEW_TICKET | {"assignee_id": one.me["id"]}).body["id"] for _ in range(4)]
    steps = (
        lambda: agent.patch(f"/v1/tickets/{ids[0]}", {"assignee_id": other.me["id"]}),
        lambda: agent.put(f"/v1/tickets/{ids[1]}/resolution"),
        lambda: agent.delete(f"/v1/tickets/{ids[1]}/resolution"),
        lambda: admin.put(f"/v1/tickets/{ids[2]}/trash"),
        lambda: admin.delete(f"/v1/tickets/{ids[2]}/trash"),
        lambda: agent.patch(f"/v1/tickets/{ids[3]}", {"assignee_id": None}),
        lambda: agent.patch(f"/v1/tickets/{ids[3]}", {"assignee_id": other.me["id"], "status_id": "solved"}),
        lambda: agent.put(f"/v1/tickets/{ids[0]}/merge", {"into": ids[1]}),
        lambda: agent.delete(f"/v1/tickets/{ids[0]}/merge"),
    )
    for step in steps:
        done = step()
        assert done.status < 300, done.body
        assert counted() == held(), done.body
    version = agent.patch(f"/v1/tickets/{ids[1]}", {"assignee_id": other.me["id"]}).body["version"]
    assert agent.post(f"/v1/tickets/{ids[1]}/undo", {"version": version}).status == 200
    assert counted() == held()


def test_a_wrong_count_is_put_right_at_night_and_one_that_moves_is_left(cloud, admin, agent, timeline):
    from helpdesk.core.config import config
    from helpdesk.core.table import Update, write
    from helpdesk.routing.loads import recount

    one = member(admin, "one")
    agent.post("/v1/tickets", NEW_TICKET | {"assignee_id": one.me["id"]})
    pk = f"{ORG}#LOAD#{one.me['id']}"
    write(Update(config().tickets_table, pk, "LOAD", "ADD n_agent :n", values={":n": 5}))
    assert recount(ORG, lambda: True) == 0, "it has just moved: the index may not show it yet"
    timeline.go(minutes=2)
    assert recount(ORG, lambda: True) == 1
    assert counted() == held() == {one.me["id"]: 1}
    assert recount(ORG, lambda: True) == 0
