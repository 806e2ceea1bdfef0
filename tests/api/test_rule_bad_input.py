"""Bad input of rules and clocks: what contradicts is decided by the order, and a ticket's time never runs back."""

from __future__ import annotations

from tests.api.test_rules import decisions, events, opened, read, rule, tags


def test_rt02_rules_that_contradict_act_in_their_order_and_end(cloud, agent, admin):
    urgent = rule(admin, "Urgent", [{"type": "set_priority", "value": "urgent"}], "ticket.created")
    low = rule(admin, "Low", [{"type": "set_priority", "value": "low"}], "ticket.created")
    for order, expected in (((urgent, low), "low"), ((low, urgent), "urgent")):
        assert admin.put("/v1/rules/order", {"ids": [one["id"] for one in order]}).status == 200
        ticket = opened(agent)
        cloud.pump()
        assert read(agent, ticket)["priority"] == expected
        assert {one["outcome"] for one in decisions(agent, ticket)} == {"done"}
        assert len([one for one in events(agent, ticket) if one["type"] == "ticket.priority_changed"]) == 2


def test_rt02_a_clock_that_is_behind_turns_no_ticket_s_time_back(cloud, agent, admin, timeline):
    """Two machines' clocks differ: events stand in the order of their versions, each no earlier than the one before."""
    rule(admin, "Seen", [tags("seen")], "ticket.priority_changed")
    ticket = opened(agent)
    timeline.go(minutes=5)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"})
    timeline.go(minutes=-4)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "low"})
    cloud.pump()
    told = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
    times = [one["at"] for one in sorted(told, key=lambda one: one["version"])]
    assert times == sorted(times) and read(agent, ticket)["tags"] == ["seen"]
    assert {one["outcome"] for one in decisions(agent, ticket)} <= {"done", "unchanged"}
