"""The people of a seeded desk: four teams, eight colleagues, customers with names of their language."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from faker import Faker

from helpdesk.access.actor import cause_of, system
from helpdesk.core import clock
from helpdesk.core.ids import new_id
from helpdesk.core.table import transact
from helpdesk.people import service, store
from helpdesk.people.model import Person, new_person
from helpdesk.settings.teams import create_team, teams
from infra.seeding.phrases import LANGUAGES, TEAMS

COLLEAGUES = 8
SHARES = {"en": 45, "de": 20, "fr": 12, "es": 11, "ja": 7, "ar": 5}  # percent of customers
PEOPLE_AT_ONCE = 33  # two rows and an event each: DynamoDB takes a hundred in one transaction


def make_teams(org_id: str) -> dict[str, str]:
    """Name -> id of the teams, made where they are missing."""
    cause = cause_of(system(org_id), "import")
    known = {team["name"]: team["id"] for team in teams(org_id).values()}
    return {name: known.get(name) or create_team(cause, {"name": name})["id"] for name in TEAMS}


def make_colleagues(org_id: str, team_ids: dict[str, str]) -> list[Person]:
    """Agents without a sign-in, spread over the teams; the same ones in every run."""
    faker = Faker("en_GB")
    faker.seed_instance(7)
    names = [faker.unique.name() for _ in range(COLLEAGUES)]
    ids = list(team_ids.values())
    return [_colleague(org_id, name, (ids[place % len(ids)],)) for place, name in enumerate(names)]


def make_customers(org_id: str, count: int, since: datetime, rng: random.Random) -> list[Person]:
    """New contacts, stored; their addresses are fresh in every run."""
    fakers = {name: Faker(words["locale"]) for name, words in LANGUAGES.items()}
    for faker in fakers.values():
        faker.seed_instance(rng.randrange(2**32))
    people = [_customer(org_id, fakers, since, rng) for _ in range(count)]
    cause = cause_of(system(org_id), "import")
    for start in range(0, count, PEOPLE_AT_ONCE):
        batch = people[start : start + PEOPLE_AT_ONCE]
        transact([action for person in batch for action in store.additions(person, cause)])
    return people


def _colleague(org_id: str, name: str, team_ids: tuple[str, ...]) -> Person:
    email = f"{_plain(name)}@acme.test"
    known = service.find_person(org_id, email)
    return known or service.create_staff(org_id, email, name, role="agent", team_ids=team_ids)


def _customer(org_id: str, fakers: dict[str, Any], since: datetime, rng: random.Random) -> Person:
    language = rng.choices(list(SHARES), list(SHARES.values()))[0]
    name = fakers[language].name()
    email = f"{_plain(name) or language}.{new_id()[-6:].lower()}@{fakers['en'].domain_word()}.test"
    person = new_person(org_id, "contact", email, name, locale=language)
    at = clock.iso(since)
    return replace(person, created_at=at, updated_at=at)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]+", ".", name.lower().encode("ascii", "ignore").decode()).strip(".")
