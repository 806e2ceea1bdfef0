"""RT-05, AD-09, part2_8: a draft of routing is tried on the last days: it says what then happens, it writes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from infra import ROOT
from infra.local.translate import read_yaml
from tests.api.routed import held, is_, member, opened, owner, shift, take, team
from tests.api.test_routing import GERMAN
from tests.api.test_simulation import rows
from tests.callers import staff

AUTOMATIC = {"mode": "automatic", "only_on_shift": False}


def simulated(admin, **body: Any) -> dict[str, Any]:
    reply = admin.post("/v1/simulations/routing", body)
    assert reply.status == 200, reply.body
    return reply.body


def owners(told: dict[str, Any]) -> dict[int, str | None]:
    """Who would have each ticket that would have another owner, by number."""
    return {one["number"]: one["after"] for one in told["found"]}


class Story:
    """A team's days: who can do what, and what customers and colleagues do; told twice, it is the same."""

    def __init__(self, cloud, admin, agent, timeline, **routing: Any) -> None:
        self.cloud, self.admin, self.agent, self.timeline = cloud, admin, agent, timeline
        self.draft = AUTOMATIC | routing
        self.team = team(admin, mode="manual")
        self.people = [
            member(admin, "ann", self.team, capacity=3, skills=[{"skill": "electrics", "level": 3}], languages=["en"]),
            member(admin, "ben", self.team, capacity=2, languages=["de"]),
            member(admin, "cem", self.team, capacity=9, skills=[{"skill": "electrics", "level": 1}]),
        ]

    def step(self, **time: float) -> None:
        """What has happened has its effects, and time passes."""
        self.cloud.pump_routing()
        self.timeline.go(**time)

    def tell(self) -> list[str]:
        """Ten tickets, some of them solved and opened again, one colleague away for a time."""
        made = []
        for number in range(10):
            made.append(opened(self.agent, self.team, **(GERMAN if number % 3 == 0 else {})))
            self.step(minutes=2)
            if number == 3:
                assert is_(self.people[0], "away").status == 200
            if number == 5:
                self.agent.put(f"/v1/tickets/{made[1]}/resolution")
                self.agent.put(f"/v1/tickets/{made[4]}/resolution")
            if number == 7:
                self.agent.delete(f"/v1/tickets/{made[1]}/resolution")
                self.step(minutes=1)
                assert is_(self.people[0], "available").status == 200
            self.step(minutes=5)
        return made

    def end(self, tickets: list[str]) -> None:
        """Nothing is left to do."""
        for one in tickets:
            self.agent.put(f"/v1/tickets/{one}/resolution")
        self.step(days=1)

    def go_live(self) -> None:
        """The draft is saved."""
        assert self.admin.patch(f"/v1/teams/{self.team}", {"routing": self.draft}).status == 200
        self.step(minutes=1)


@pytest.mark.parametrize(
    "routing",
    [
        {},
        {"language": "prefer"},
        {"language": "require", "sticky": False},
        {"requires": [{"skill": "electrics", "level": 2}]},
        {"requires": [{"skill": "electrics", "level": 3}], "relax_minutes": 20},
    ],
)
def test_rt05_what_is_simulated_is_what_then_happens(cloud, admin, agent, timeline, routing):
    """Told once with a team that gives out by hand, and once more with the draft in force: owner by owner."""
    story = Story(cloud, admin, agent, timeline, **routing)
    tickets = story.tell()
    told = simulated(admin, id=story.team, routing=story.draft)
    numbers = [agent.get(f"/v1/tickets/{one}").body["number"] for one in tickets]
    story.end(tickets)
    story.go_live()
    again = story.tell()
    if routing.get("relax_minutes"):
        take("tick", "run_timers")
    expected = [owners(told).get(number) for number in numbers]
    assert expected == [owner(agent, one) for one in again]
    assert len(set(expected)) > 1 and told["moved"] + told["same"] == told["tickets"] == 10
    assert all(one["before"] is None and one["why"] for one in told["found"])


def test_rt05_a_draft_that_changes_nothing_says_so(cloud, admin, agent, timeline):
    """What routing, shifts, absences and people have done to owners is all done again, and comes out the same."""
    chargers = team(admin, only_on_shift=True, hand_over=True)
    early, late, third = (member(admin, name, chargers, capacity=4) for name in ("early", "late", "third"))
    shift(admin, early, ["06:00", "14:00"])
    shift(admin, late, ["12:00", "20:00"])
    shift(admin, third, ["06:00", "20:00"])
    timeline.next(2, "11:00", "UTC")
    tickets = []
    for _ in range(6):
        tickets.append(opened(agent, chargers))
        cloud.pump_routing()
        timeline.go(minutes=3)
    mine = next(one for one in tickets if owner(agent, one) == third.me["id"])
    agent.patch(f"/v1/tickets/{mine}", {"assignee_id": None})
    cloud.pump_routing()
    timeline.go(hours=2)
    agent.patch(f"/v1/tickets/{mine}", {"assignee_id": late.me["id"]})
    cloud.pump_routing()
    timeline.go(hours=1)
    take()
    assert is_(third, "away", reassign=True).status == 200
    cloud.pump_routing()
    timeline.go(minutes=1)
    told = simulated(admin)
    assert {owner(agent, one) for one in tickets} == {late.me["id"], None} and held() == {late.me["id"]: 4}
    assert (told["tickets"], told["moved"], told["found"]) == (6, 0, [])
    assert {one["person_id"]: one["before"] for one in told["load"]} == {
        one["person_id"]: one["after"] for one in told["load"]
    }


def test_rt05_loads_and_fairness_are_told_before_and_after(cloud, admin, agent, timeline):
    """All went to one by hand; given out they would be even, and what goes beyond a capacity waits."""
    chargers = team(admin, mode="manual")
    one, other = member(admin, "one", chargers, capacity=20), member(admin, "other", chargers, capacity=2)
    for _ in range(5):
        ticket = opened(agent, chargers)
        timeline.go(minutes=1)
        agent.patch(f"/v1/tickets/{ticket}", {"assignee_id": one.me["id"]})
        timeline.go(minutes=1)
    told = simulated(admin, id=chargers, routing=AUTOMATIC, organisation={"channel_weights": {"agent": 2}})
    by_person = {row["person_id"]: row for row in told["load"]}
    assert by_person[one.me["id"]]["before"] == {"assigned": 5, "highest": 5, "share": 0.25}
    assert by_person[one.me["id"]]["after"] == {"assigned": 4, "highest": 8, "share": 0.4}
    assert by_person[other.me["id"]]["after"] == {"assigned": 1, "highest": 2, "share": 1.0}
    assert told["fairness"] == {"before": 5, "after": 3}
    (moved,) = told["found"]
    assert (moved["before"], moved["after"], moved["why"]) == (one.me["id"], other.me["id"], moved["why"])
    by_hand = next(each for each in told["assumptions"] if each["code"] == "by_hand")
    assert by_hand["count"] == 5, "what people did is followed only where it finds the same"


def test_rt05_what_nobody_could_have_taken_is_told_with_its_time(cloud, admin, agent, timeline):
    chargers = team(admin, mode="manual")
    clerk = member(admin, "clerk", chargers, capacity=1)
    first = opened(agent, chargers)
    timeline.go(minutes=1)
    second, began = opened(agent, chargers, subject="Waits"), timeline.at
    timeline.go(minutes=30)
    agent.put(f"/v1/tickets/{first}/resolution")
    timeline.go(minutes=30)
    told = simulated(admin, id=chargers, routing=AUTOMATIC)
    (wait,) = told["unmatched"]
    assert (wait["ticket_id"], wait["reason"], told["waited"]) == (second, "full", 1)
    minutes = [(_time(wait[name]) - began).total_seconds() / 60 for name in ("since", "until")]
    assert minutes == [0, 30]
    nobody = simulated(admin, id=chargers, routing=AUTOMATIC, people=[{"id": clerk.me["id"], "capacity": 0}])
    assert (nobody["without_owner"], {one["until"] for one in nobody["unmatched"] if one["ticket_id"] == second}) == (
        1,
        {None},
    )


def test_rt05_abilities_are_drafted_for_people(cloud, admin, agent, timeline):
    chargers = team(admin, requires=[{"skill": "electrics", "level": 3}])
    able, novice = member(admin, "able", chargers), member(admin, "novice", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    people = [{"id": able.me["id"], "skills": [{"skill": "Electrics", "level": 5}], "team_ids": []}]
    people += [{"id": novice.me["id"], "skills": [{"skill": "Electrics", "level": 3}]}]
    told = simulated(admin, people=people)
    assert [(one["ticket_id"], one["after"]) for one in told["found"]] == [(ticket, novice.me["id"])]


def test_rt05_a_simulation_of_routing_writes_nothing_and_may_not(cloud, admin, agent, timeline):
    story = Story(cloud, admin, agent, timeline, language="prefer")
    story.tell()
    before = rows()
    assert simulated(admin, id=story.team, routing=story.draft)["moved"]
    assert rows() == before
    function = read_yaml(ROOT / "template.yaml")["Resources"]["SimulateFunction"]["Properties"]
    granted = str(function["Policies"])
    assert "ReadTickets" in granted and "Access.Outputs.Tickets" not in granted and "Deliveries" not in granted
    allowed = read_yaml(ROOT / "infra" / "access.yaml")["Resources"]["ReadTickets"]["Properties"]["PolicyDocument"]
    actions = {action for one in allowed["Statement"] for action in one["Action"]}
    assert actions == {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}


def test_part2_8_a_draft_that_cannot_be_saved_cannot_be_tried(admin):
    chargers, twice = team(admin), [{"skill": "a"}, {"skill": "A"}]
    path = "/v1/simulations/routing"

    def fault(**body: Any) -> tuple[int, str, str]:
        reply = admin.post(path, body)
        (one,) = reply.body["errors"]
        return reply.status, one["pointer"], one["code"]

    saved = admin.patch(f"/v1/teams/{chargers}", {"routing": {"requires": twice}})
    (wrong,) = saved.body["errors"]
    assert fault(id=chargers, routing={"requires": twice}) == (saved.status, wrong["pointer"], wrong["code"])
    assert fault(id="none", routing={}) == (422, "/id", "unknown")
    assert fault(routing={}) == (422, "/id", "required")
    assert fault(id=chargers) == (422, "/routing", "required")
    assert fault(people=[{"id": "nobody"}]) == (422, "/people/0/id", "unknown")
    me = admin.me["id"]
    assert fault(people=[{"id": me, "languages": ["de", "de"]}]) == (422, "/people/0/languages/1", "twice")
    assert fault(people=[{"id": me, "team_ids": ["none"]}]) == (422, "/people/0/team_ids/0", "unknown")
    assert fault(organisation={"default_capacity": -1})[1] == "/organisation/default_capacity"


@pytest.mark.parametrize("path", ["/v1/simulations", "/v1/simulations/rule"])
def test_part2_8_a_condition_that_is_not_understood_is_refused_as_saving_refuses_it(admin, path):
    """AD-09: the fault's code and the answer's status are those of saving, below the draft's name."""
    drafts = {
        "/v1/simulations": ("policy", "/v1/sla-policies", "filter"),
        "/v1/simulations/rule": ("rule", "/v1/rules", "when"),
    }
    name, kept, field = drafts[path]
    body = {"name": "x", field: "tag:"} | (
        {"targets": {"first_response": {"normal": 60}}} if name == "policy" else {"on": ["ticket.created"], "then": []}
    )
    if name == "rule":
        body["then"] = [{"type": "add_tags", "tags": ["x"]}]
    saved = admin.post(kept, body)
    tried = admin.post(path, {name: body} | ({"kind": "sla_policy"} if name == "policy" else {}))
    assert (tried.status, tried.body["code"]) == (saved.status, saved.body["code"]) == (400, "bad_filter")
    assert tried.body["errors"][0]["pointer"] == f"/{name}{saved.body['errors'][0]['pointer']}"


def test_part2_8_what_there_is_no_time_for_is_left_out_whole(cloud, admin, agent, timeline, monkeypatch):
    """It begins later, and from there nothing is missing: neither a ticket nor a load."""
    chargers = team(admin, mode="manual")
    only = member(admin, "only", chargers)
    standing = opened(agent, chargers, assignee_id=only.me["id"])
    timeline.go(days=2)
    tickets = [opened(agent, chargers) for _ in range(4) if not timeline.go(hours=1)]
    monkeypatch.setattr("helpdesk.simulation.log._PAGE", 2)
    monkeypatch.setattr("helpdesk.simulation.reading.MOST_TICKETS", 2)
    told = simulated(admin, id=chargers, routing=AUTOMATIC)
    third = agent.get(f"/v1/tickets/{tickets[2]}").body
    assert (told["all"], told["since"], told["tickets_seen"]) == (False, third["updated_at"], 5)
    assert "shorter" in {one["code"] for one in told["assumptions"]}
    assert {one["after"] for one in told["found"]} == {only.me["id"]} and told["moved"] == 4
    assert next(one for one in told["load"])["after"]["highest"] == 5, f"{standing} counts, too"


def test_part2_8_tickets_out_of_sight_are_counted_and_not_shown(cloud, admin, agent, timeline):
    chargers = team(admin, mode="manual")
    member(admin, "one", chargers)
    opened(agent, chargers)
    role = {
        "label": "Planner",
        "permissions": ["settings:write", "settings:read", "tickets:read"],
        "sees": ["assigned"],
    }
    made = admin.post("/v1/roles", role)
    assert made.status == 201, made.body
    planner = staff(made.body["id"], "planner@acme.test")
    told = simulated(planner, id=chargers, routing=AUTOMATIC)
    assert (told["moved"], told["found"]) == (1, [])
    assert agent.post("/v1/simulations/routing", {}).status == 403


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
