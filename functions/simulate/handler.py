"""The routes of simulations."""

from __future__ import annotations

from helpdesk.core import clock
from helpdesk.simulation.sla import simulate
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call

api = Api()
handler = api.handler
_SECONDS = 18  # an HTTP API waits for 30, the function for 29; the replay of owners comes after it


@api.route(
    "POST",
    "/v1/simulations",
    needs="settings:write",
    takes="simulate.bodies:NewSimulation",
    gives="Simulation",
    limit="heavy",
)
def run_simulation(call: Call) -> Answer:
    """Run a draft of an SLA policy over the tickets of the last days: what it would have kept; nothing is written."""
    body = {"days": 30} | call.body
    policy = {name: value for name, value in body["policy"].items() if value is not None}
    return Answer(200, simulate(call.actor, body | {"policy": policy}, clock.allowance(_SECONDS)))


@api.route(
    "POST",
    "/v1/simulations/rule",
    needs="settings:write",
    takes="simulate.bodies:NewRuleSimulation",
    gives="RuleSimulation",
    limit="heavy",
)
def simulate_rule(call: Call) -> Answer:
    """Run a draft of a rule over the events of the last days: what it would have done; nothing is written."""
    from helpdesk.simulation import rule as of_rule

    return Answer(200, of_rule.simulate(call.actor, {"days": 30} | call.body, clock.allowance(_SECONDS)))


@api.route(
    "POST",
    "/v1/simulations/routing",
    needs="settings:write",
    takes="simulate.bodies:NewRoutingSimulation",
    gives="RoutingSimulation",
    limit="heavy",
)
def simulate_routing(call: Call) -> Answer:
    """Run a draft of how tickets are given out over the last days: who would have had what; nothing is written."""
    from helpdesk.simulation import routing as of_routing

    return Answer(200, of_routing.simulate(call.actor, {"days": 30} | call.body, clock.allowance(_SECONDS)))
