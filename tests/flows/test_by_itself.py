"""What happens by itself on the laptop stack: a rule gives the team, routing the owner, and the numbers tell of it."""

from __future__ import annotations

from typing import Any

from tests.flows.test_desk import call, wait_for

Stack = Any


def test_rt07_a_new_ticket_gets_its_team_by_a_rule_and_its_owner_by_routing(stack: Stack) -> None:
    (sam,) = [
        one for one in call(stack, "GET", "/v1/people?kind=staff")[1]["data"] if one["email"] == stack.agent["email"]
    ]
    wish = {"mode": "automatic", "only_on_shift": False}
    status, team = call(stack, "POST", "/v1/teams", {"name": "Wallboxes", "routing": wish})
    assert status == 201, team
    assert call(stack, "PATCH", f"/v1/people/{sam['id']}", {"team_ids": [*sam["team_ids"], team["id"]]})[0] == 200
    then = [{"type": "set_team", "value": team["id"]}]
    rule = {"name": "Wallboxes", "on": ["ticket.created"], "when": "subject:wallbox", "then": then}
    status, rule = call(stack, "POST", "/v1/rules", rule)
    assert status == 201, rule
    new = {"subject": "The wallbox hums", "body_text": "x", "requester": {"email": "rosa@customer.test"}}
    status, ticket = call(stack, "POST", "/v1/tickets", new)
    assert status == 201, ticket
    path = f"/v1/tickets/{ticket['id']}"
    given = wait_for("owner", lambda: [one for one in [call(stack, "GET", path)[1]] if one["assignee_id"]])[0]
    assert (given["team_id"], given["assignee_id"]) == (team["id"], sam["id"])
    assert call(stack, "GET", f"{path}/routing")[1]["decision"]["chosen"] == sam["id"]
    decided = call(stack, "GET", f"{path}/decisions")[1]["data"]
    assert [one["outcome"] for one in decided if one["rule_id"] == rule["id"]] == ["done"]

    def counted() -> list[Any]:
        rows = call(stack, "GET", "/v1/numbers?of=agent")[1].get("rows", ())  # none while it is asked too often
        return [row for row in rows if row["id"] == sam["id"] and row["total"]["assigned"] >= 1]

    assert wait_for("numbers", counted)
    assert call(stack, "DELETE", f"/v1/rules/{rule['id']}")[0] == 204
    assert call(stack, "DELETE", f"/v1/teams/{team['id']}")[0] == 204
