"""RT-03 to RT-08: tickets of a team find who can take them, once, and say why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.meter import metered
from helpdesk.core.batches import delete_many
from helpdesk.routing.service import Call, route
from tests.api.routed import change, counted, held, is_, member, opened, owner, rows_of, shift, take, team, told, why
from tests.callers import staff
from tests.cloud import ORG
from tests.faults import deaths

GERMAN = {
    "subject": "Ladegerät",
    "body_text": "Guten Tag, mein Ladegerät hört nach drei Minuten auf. Bitte helfen Sie!",
}


def test_rt03_required_skills_are_part_of_the_agents_skills(cloud, admin, agent):
    chargers = team(admin, requires=[{"skill": "Electrics", "level": 3}, {"skill": "billing"}])
    clerk = member(admin, "clerk", chargers, skills=[{"skill": "billing", "level": 5}])
    novice = member(admin, "novice", chargers, skills=[{"skill": "electrics", "level": 2}, {"skill": "billing"}])
    able = member(admin, "able", chargers, skills=[{"skill": "electrics", "level": 3}, {"skill": "Billing"}])
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    reason = why(agent, ticket)
    assert (reason["state"], reason["assignee_id"], reason["by"]["kind"]) == ("assigned", able.me["id"], "system")
    assert reason["decision"]["left_out"] == {"lacks_skill": 1, "lacks_level": 1}
    causes = {one["person_id"]: one["cause"] for one in reason["decision"]["others"]}
    assert causes == {clerk.me["id"]: "lacks_skill", novice.me["id"]: "lacks_level"}
    (event,) = told(agent, ticket, "ticket.assigned")
    assert event["data"]["routing"] == reason["decision"]


def test_rt03_levels_are_relaxed_after_a_time_and_then_skills(cloud, admin, agent, timeline):
    chargers = team(admin, requires=[{"skill": "electrics", "level": 4}], relax_minutes=10)
    novice = member(admin, "novice", chargers, skills=[{"skill": "electrics", "level": 1}], capacity=1)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    timeline.go(seconds=1)
    second = opened(agent, chargers)
    cloud.pump_routing()
    found = agent.get(f"/v1/tickets/{ticket}").body
    assert (found["assignee_id"], found["unmatched"]["reason"]) == (None, "lacks_level")
    (timer,) = agent.get(f"/v1/tickets/{ticket}/timers").body["data"]
    assert (timer["id"], timer["at"]) == ("route", found["unmatched"]["retry_at"])
    timeline.go(minutes=9, seconds=58)
    take("tick", "run_timers")
    assert owner(agent, ticket) is None
    timeline.go(seconds=2)
    take("tick", "run_timers")
    assert owner(agent, ticket) == novice.me["id"] and why(agent, ticket)["decision"]["relaxed"] == "levels"
    assert owner(agent, second) is None, "nobody gets more than he can take"
    clerk = member(admin, "clerk", chargers)
    timeline.go(minutes=10)
    take("tick", "run_timers")
    assert owner(agent, second) == clerk.me["id"] and why(agent, second)["decision"]["relaxed"] == "skills"


def test_rt03_what_nobody_can_take_waits_visibly_and_once_told(cloud, admin, agent, caplog):
    chargers = team(admin, requires=[{"skill": "electrics", "level": 4}])
    member(admin, "clerk", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    for _ in range(3):
        take()
    reason = why(agent, ticket)
    assert (reason["state"], reason["decision"]["why"]) == ("unmatched", "lacks_skill")
    assert len(told(agent, ticket, "ticket.unmatched")) == 1
    cloud.pump_search()
    listed = agent.get("/v1/tickets?filter=unmatched:yes").body["data"]
    assert [one["id"] for one in listed] == [ticket]
    member(admin, "able", chargers, skills=[{"skill": "electrics", "level": 5}])
    cloud.pump_routing()
    assert owner(agent, ticket)
    assert agent.get(f"/v1/tickets/{ticket}").body["unmatched"] is None
    cloud.pump_search()
    assert agent.get("/v1/tickets?filter=unmatched:yes").body["data"] == []


def test_rt04_the_detected_language_prefers_who_speaks_it(cloud, admin, agent):
    chargers = team(admin, language="prefer")
    english = member(admin, "english", chargers, languages=["en"])
    german = member(admin, "german", chargers, languages=["de-AT"], capacity=1)
    first, second = opened(agent, chargers, **GERMAN), opened(agent, chargers, **GERMAN)
    cloud.pump_routing()
    assert agent.get(f"/v1/tickets/{first}").body["language"] == "de"
    assert {owner(agent, first), owner(agent, second)} == {english.me["id"], german.me["id"]}
    by = {why(agent, one)["assignee_id"]: why(agent, one)["decision"] for one in (first, second)}
    assert by[german.me["id"]]["speaks"] is True
    assert (by[english.me["id"]]["speaks"], by[english.me["id"]]["left_out"]) == (False, {"full": 1})


def test_rt04_a_team_may_insist_on_the_language(cloud, admin, agent):
    chargers = team(admin, language="require")
    member(admin, "english", chargers, languages=["en"])
    ticket = opened(agent, chargers, **GERMAN)
    cloud.pump_routing()
    assert (owner(agent, ticket), why(agent, ticket)["decision"]["why"]) == (None, "lacks_language")


def test_rt03_a_colleague_of_no_team_is_given_nothing_and_a_team_of_nobody_says_so(cloud, admin, agent):
    empty = team(admin)
    member(admin, "teamless")
    ticket = opened(agent, empty)
    cloud.pump_routing()
    assert (owner(agent, ticket), why(agent, ticket)["decision"]["why"]) == (None, "no_members")
    assert held() == {}


@pytest.fixture
def twenty(cloud, admin, timeline):
    """Twenty on shift, one off shift, one away, and one who is full with five."""
    chargers = team(admin, only_on_shift=True)
    timeline.next(2, "10:00", "UTC")
    there = [member(admin, f"agent{number:02}", chargers, capacity=26) for number in range(20)]
    full, off, away = (member(admin, name, chargers, capacity=5) for name in ("full", "off", "away"))
    for one in (*there, full, away):
        shift(admin, one)
    shift(admin, off, ["22:00", "06:00"])
    assert is_(away, "away").status == 200
    return chargers, [one.me["id"] for one in there], full.me["id"]


def test_rt05_500_tickets_go_to_20_agents_evenly_with_concurrent_claims(cloud, admin, agent, twenty):
    """Four workers at once, every ticket told twice: as in life, where messages come again."""
    chargers, there, full = twenty
    tickets = [opened(agent, chargers) for _ in range(500)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda id_: route(ORG, id_, Call("created")), [*tickets, *tickets[::7]]))
    loads = held()
    assert sum(loads.values()) == 500 and set(loads) == {*there, full}, "nobody who is away or off shift"
    assert loads[full] == 5, "never over capacity"
    shares = [loads[id_] for id_ in there]
    assert max(shares) - min(shares) <= 1
    assert counted() == loads, "loads are exact"


def test_rt05_a_channel_weighs_and_nobody_gets_more_than_he_can_take(cloud, admin, agent):
    assert admin.patch("/v1/organisation", {"channel_weights": {"agent": 3}, "default_capacity": 7}).status == 200
    chargers = team(admin)
    only = member(admin, "only", chargers)
    tickets = [opened(agent, chargers) for _ in range(3)]
    cloud.pump_routing()
    assert [owner(agent, one) for one in tickets] == [only.me["id"], only.me["id"], None]
    assert why(agent, tickets[2])["decision"]["why"] == "full"
    assert agent.put(f"/v1/tickets/{tickets[0]}/resolution").status == 200
    cloud.pump_routing()
    assert owner(agent, tickets[2]) == only.me["id"], "what becomes free is given out"
    change(admin, only, capacity=0)
    last = opened(agent, chargers)
    cloud.pump_routing()
    assert owner(agent, last) is None


def test_rt06_at_the_end_of_a_shift_a_ticket_goes_on_with_a_note(cloud, admin, agent, timeline):
    """Follow the sun: Berlin's day ends while Denver's has begun."""
    chargers = team(admin, only_on_shift=True, hand_over=True)
    berlin, denver = member(admin, "berlin", chargers), member(admin, "denver", chargers)
    shift(admin, berlin, ["08:00", "17:00"], "Europe/Berlin")
    shift(admin, denver, ["08:00", "17:00"], "America/Denver")
    timeline.next(2, "16:55", "Europe/Berlin")
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    assert owner(agent, ticket) in (berlin.me["id"], denver.me["id"])
    agent.patch(f"/v1/tickets/{ticket}", {"assignee_id": berlin.me["id"]})
    cloud.pump_routing()
    take()
    assert owner(agent, ticket) == berlin.me["id"]
    timeline.go(minutes=6)
    for _ in range(3):
        take()
    assert owner(agent, ticket) == denver.me["id"]
    (note,) = [one for one in agent.get(f"/v1/tickets/{ticket}/messages").body["data"] if one["kind"] == "note"]
    assert note["author"]["kind"] == "system"
    assert "the shift of Agent Person has ended" in note["body_text"] and "The customer wrote last" in note["body_text"]
    assert why(agent, ticket)["decision"]["trigger"] == "shift_end"
    timeline.go(hours=9)
    take()
    assert owner(agent, ticket) == denver.me["id"], "nobody is there to take it: it stays"


def test_rt07_a_crash_at_any_call_leaves_exactly_one_assignment(cloud, admin, agent):
    chargers = team(admin, language="prefer")
    for number in range(3):
        member(admin, f"agent{number}", chargers)
    for death in deaths():
        ticket = opened(agent, chargers, **GERMAN)
        with death:
            route(ORG, ticket, Call("created"))
        route(ORG, ticket, Call("created"))
        route(ORG, ticket, Call("created"))
        assert owner(agent, ticket), death
        assert len(told(agent, ticket, "ticket.assigned")) == 1, death
        assert agent.put(f"/v1/tickets/{ticket}/resolution").status == 200
    assert counted() == held() == {}


def test_rt07_an_event_that_comes_again_changes_nothing(cloud, admin, agent):
    chargers = team(admin)
    member(admin, "one", chargers), member(admin, "two", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    before = agent.get(f"/v1/tickets/{ticket}").body
    cloud.sequence = None
    cloud.pump_routing()
    assert agent.get(f"/v1/tickets/{ticket}").body == before


def test_rt08_a_reopened_ticket_goes_to_its_last_owner_if_he_is_there(cloud, admin, agent, timeline):
    chargers = team(admin, only_on_shift=True)
    early, late = member(admin, "early", chargers), member(admin, "late", chargers)
    shift(admin, early, ["06:00", "14:00"])
    shift(admin, late, ["12:00", "20:00"])
    timeline.next(2, "10:00", "UTC")
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    for hour, expected in ((13, early), (15, late)):
        timeline.next(timeline.at.weekday(), f"{hour}:00", "UTC")
        assert agent.put(f"/v1/tickets/{ticket}/resolution").status == 200
        cloud.pump_routing()
        assert agent.delete(f"/v1/tickets/{ticket}/resolution").status == 200
        cloud.pump_routing()
        assert owner(agent, ticket) == expected.me["id"], hour
    assert why(agent, ticket)["decision"]["trigger"] == "reopened"


def test_rt08_what_is_let_go_goes_to_another_and_what_is_sticky_comes_back(cloud, admin, agent):
    chargers = team(admin, sticky=True)
    one, other = member(admin, "one", chargers), member(admin, "other", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    first = owner(agent, ticket)
    second = ({one.me["id"], other.me["id"]} - {first}).pop()
    agent.patch(f"/v1/tickets/{ticket}", {"assignee_id": None})
    cloud.pump_routing()
    assert owner(agent, ticket) == second, "not to him who let it go"
    away = one if one.me["id"] == second else other
    third = member(admin, "third", chargers)
    assert third.me["id"] not in (first, second)
    is_(away, "away", reassign=True)
    cloud.pump_routing()
    assert owner(agent, ticket) not in (second, None)


def test_a_team_that_routes_by_hand_is_left_alone(cloud, admin, agent):
    chargers = team(admin, mode="manual")
    member(admin, "one", chargers)
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    take()
    assert (owner(agent, ticket), why(agent, ticket)["state"]) == (None, "by_hand")


def test_another_organisation_is_not_looked_at(cloud, admin, agent):
    chargers = team(admin)
    member(admin, "one", chargers)
    ticket = opened(agent, chargers)
    assert route("other", ticket, Call("created")) is None
    assert owner(agent, ticket) is None


def test_rt03_what_nobody_can_take_has_a_view_with_its_count(cloud, admin, agent):
    def view(caller):
        return next((one for one in caller.get("/v1/views").body["data"] if one["id"] == "unmatched"), None)

    assert view(agent) is None, "no team gives its tickets out"
    chargers, others = team(admin), team(admin, "Billing")
    lead = staff("agent", "lead@acme.test")
    role = {"label": "Team", "permissions": ["tickets:read"], "sees": ["teams"]}
    own = {"label": "Own", "permissions": ["tickets:read"], "sees": ["assigned"]}
    roles = [admin.post("/v1/roles", one).body["id"] for one in (role, own)]
    change(admin, lead, role=roles[0], team_ids=[chargers])
    blind = staff(roles[1], "blind@acme.test")
    waiting = [opened(agent, chargers), opened(agent, chargers), opened(agent, others)]
    change(admin, lead, team_ids=[chargers], capacity=0)
    cloud.pump_routing()
    cloud.pump()
    cloud.pump_search()
    assert (view(agent)["count"], view(lead)["count"], view(blind)) == (3, 2, None)
    listed = agent.get("/v1/tickets?view=unmatched").body["data"]
    assert {one["id"] for one in listed} == set(waiting)
    agent.put(f"/v1/tickets/{waiting[0]}/resolution")
    agent.patch(f"/v1/tickets/{waiting[1]}", {"assignee_id": agent.me["id"]})
    cloud.pump()
    assert view(agent)["count"] == 1


def test_rt05_a_desk_that_is_older_than_its_loads_is_counted_before_it_routes(cloud, admin, agent, timeline):
    """Its tickets were given out by hand before loads were kept; the first ticket of a routed team finds them exact."""
    chargers = team(admin, mode="manual")
    one, other = member(admin, "one", chargers), member(admin, "other", chargers)
    for _ in range(3):
        opened(agent, chargers, assignee_id=one.me["id"])
    delete_many("Tickets", [(row["pk"], row["sk"]) for row in [*rows_of("LOAD"), *rows_of("COUNTED")]])
    timeline.go(minutes=5)
    assert counted() == {}
    admin.patch(f"/v1/teams/{chargers}", {"routing": {"mode": "automatic", "only_on_shift": False}})
    cloud.pump_routing()
    assert counted() == held() == {one.me["id"]: 3}
    ticket = opened(agent, chargers)
    cloud.pump_routing()
    assert owner(agent, ticket) == other.me["id"]
    assert rows_of("COUNTED")


def test_rt05_a_solved_ticket_costs_routing_two_round_trips_where_nothing_waits(cloud, admin, agent):
    """A hundred tickets of a team that works by hand, which nobody has, are not read: before, they were each time."""
    by_hand, chargers = team(admin, "By hand", mode="manual"), team(admin)
    member(admin, "only", chargers, capacity=1)
    for _ in range(100):
        opened(agent, by_hand, subject="x" * 200)
    first, second = opened(agent, chargers), opened(agent, chargers)
    cloud.pump_routing()
    path = f"/v1/tickets/{first}/resolution"

    def calls(work):
        assert work().status == 200
        cloud.pump_events()
        with metered() as meter:
            cloud.run_routing()
        return [
            (operation, params.get("IndexName")) for service, operation, params in meter.calls if service == "dynamodb"
        ]

    found = calls(lambda: agent.put(path))
    assert ("Query", "by_team") in found and ("Query", "by_assignee") not in found, "one waits, and there is room"
    cloud.pump_routing()
    assert owner(agent, second), "what waited has somebody"
    found = calls(lambda: agent.put(f"/v1/tickets/{second}/resolution"))
    assert found == [("GetItem", None)] * 2, "the ticket, and how much waits: nothing"
