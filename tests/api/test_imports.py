"""AD-02, AD-03: teams, and what colleagues can do, come from a CSV file: tried first, then done, and once."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.callers import Caller, staff

TEAMS, PEOPLE = "/v1/imports/teams", "/v1/imports/people"
STRUCTURE = """name,parent,focus,mode,requires,relax_minutes
Hardware,Support,"Chargers, cables",automatic,Soldering:3; Electronics,60
Support,,,manual,,
"""
ABILITIES = """email,teams,primary_team,skills,languages,capacity
sam@acme.test,Support; Hardware,Hardware,Soldering:3; Billing,de; en,12
"""


def run(who: Caller, path: str, text: str, **more: Any) -> Any:
    return who.post(path, {"csv": text}, **more)


def outcomes(reply: Any) -> list[tuple[str, str]]:
    assert reply.status == 200, reply.body
    return [(row["key"], row["outcome"]) for row in reply.body["rows"]]


def faults(reply: Any) -> list[tuple[str, str]]:
    assert reply.status == 422, reply.body
    return [(one["pointer"], one["code"]) for one in reply.body["errors"]]


def events(who: Caller, *types: str) -> list[dict[str, Any]]:
    found = who.get("/v1/events?after=0&limit=100").body["data"]
    return [one for one in found if one["type"] in types]


@pytest.fixture
def teams(cloud, admin) -> dict[str, dict[str, Any]]:
    """Support, and Hardware below it."""
    assert run(admin, TEAMS, STRUCTURE).status == 200
    return {row["name"]: row for row in admin.get("/v1/teams").body["data"]}


def test_ad02_a_dry_run_tells_what_teams_would_come_and_writes_nothing(cloud, admin):
    tried = run(admin, f"{TEAMS}?dry_run=1", STRUCTURE)
    assert outcomes(tried) == [("Hardware", "created"), ("Support", "created")]
    assert tried.body["rows"][0]["changes"]["requires"] == {"from": "", "to": "Soldering:3;Electronics:1"}
    assert (tried.body["dry_run"], tried.body["counts"]["created"]) == (True, 2)
    assert admin.get("/v1/teams").body["data"] == []


def test_ad02_teams_are_imported_once_with_the_one_above_before_it(cloud, admin, teams):
    hardware, support = teams["Hardware"], teams["Support"]
    assert (hardware["parent_id"], hardware["focus"]) == (support["id"], "Chargers, cables")
    assert hardware["routing"]["requires"] == [
        {"skill": "Soldering", "level": 3},
        {"skill": "Electronics", "level": 1},
    ]
    assert (hardware["routing"]["mode"], hardware["routing"]["relax_minutes"]) == ("automatic", 60)
    cloud.pump()
    before = len(events(admin, "setting.created", "setting.changed"))
    assert outcomes(run(admin, TEAMS, STRUCTURE)) == [("Hardware", "left"), ("Support", "left")]
    cloud.pump()
    made = [one for one in events(admin, "setting.created") if one["subject"]["kind"] == "team"]
    assert sorted(one["subject"]["id"] for one in made) == sorted([hardware["id"], support["id"]])
    assert made[0]["actor"]["id"] == admin.me["id"], "as if made by hand"
    assert len(events(admin, "setting.created", "setting.changed")) == before


def test_ad03_skills_languages_capacity_and_teams_of_colleagues_are_imported(cloud, admin, agent, teams):
    tried = run(admin, f"{PEOPLE}?dry_run=1", ABILITIES)
    assert outcomes(tried) == [("sam@acme.test", "changed")]
    assert tried.body["rows"][0]["changes"]["teams"] == {"from": "", "to": "Support;Hardware"}
    assert admin.get(f"/v1/people/{agent.me['id']}").body["skills"] == []
    assert outcomes(run(admin, PEOPLE, ABILITIES)) == [("sam@acme.test", "changed")]
    person = admin.get(f"/v1/people/{agent.me['id']}").body
    assert person["skills"] == [{"skill": "Soldering", "level": 3}, {"skill": "Billing", "level": 1}]
    assert (person["languages"], person["capacity"]) == (["de", "en"], 12)
    assert person["team_ids"] == [teams["Support"]["id"], teams["Hardware"]["id"]]
    assert person["primary_team_id"] == teams["Hardware"]["id"]
    assert outcomes(run(admin, PEOPLE, ABILITIES)) == [("sam@acme.test", "left")]
    cloud.pump()
    changed = [one for one in events(admin, "person.changed") if one["subject"]["id"] == agent.me["id"]]
    assert len(changed) == 1, "one change, one event"


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties(cloud, admin, agent, teams):
    assert run(admin, PEOPLE, ABILITIES).status == 200
    assert outcomes(run(admin, PEOPLE, "email,capacity\nsam@acme.test,")) == [("sam@acme.test", "changed")]
    person = admin.get(f"/v1/people/{agent.me['id']}").body
    assert (person["capacity"], len(person["skills"])) == (None, 2)
    assert outcomes(run(admin, PEOPLE, "email,teams\nsam@acme.test,Support")) == [("sam@acme.test", "changed")]
    person = admin.get(f"/v1/people/{agent.me['id']}").body
    assert person["primary_team_id"] is None, "the team that was his first is his no more"


@pytest.mark.parametrize(
    "data",
    [
        "E-Mail;Skills;Unit\r\nSAM@acme.test;Löten:2;7\r\n".encode("cp1252"),
        "\ufeffemail,SKILLS,Unit\nsam@acme.test,Löten:2,7\n\n".encode(),
        "Email\tSkill\tUnit\nsam@acme.test\tLöten:2\t7".encode("utf-16"),
        ' email , skills,Unit\n"sam@acme.test","Löten : 2",7'.encode(),
    ],
)
def test_files_are_read_as_spreadsheets_write_them(cloud, admin, agent, data):
    reply = admin.post(PEOPLE, {"csv_base64": base64.b64encode(data).decode()})
    assert outcomes(reply) == [("sam@acme.test", "changed")]
    assert reply.body["ignored"] == ["Unit"]
    assert admin.get(f"/v1/people/{agent.me['id']}").body["skills"] == [{"skill": "Löten", "level": 2}]


def test_the_body_may_be_the_file_itself(cloud, admin, agent):
    reply = admin.post(f"{PEOPLE}?dry_run=1", "email,capacity\nsam@acme.test,3", content_type="text/csv")
    assert outcomes(reply) == [("sam@acme.test", "changed")]


def test_every_fault_is_told_with_row_column_and_reason_and_nothing_is_written(cloud, admin, agent, teams):
    customer = "carla@customer.test"
    assert admin.post("/v1/people", {"email": customer}).status == 201
    text = f"""email,teams,skills,capacity,languages,role
sam@acme.test,Nowhere,Solder:9,many,de,
nobody,,,,,
new@acme.test,,,,,
{customer},,,,,
ada@acme.test,,A; a,2000,D E,
sam@acme.test,,,,,
ada@acme.test,,,,,agent
"""
    wanted = [
        ("/rows/2/capacity", "not_understood"),
        ("/rows/2/skills", "less_than_equal"),
        ("/rows/2/teams", "unknown"),
        ("/rows/3/email", "not_an_address"),
        ("/rows/4/email", "unknown"),
        ("/rows/5/email", "not_staff"),
        ("/rows/6/capacity", "less_than_equal"),
        ("/rows/6/languages", "string_pattern_mismatch"),
        ("/rows/7/email", "twice"),
        ("/rows/8/email", "twice"),
        ("/rows/8/role", "by_hand"),
    ]
    assert sorted(faults(run(admin, PEOPLE, text))) == wanted
    tried = run(admin, f"{PEOPLE}?dry_run=1", text).body
    assert [row["outcome"] for row in tried["rows"]] == ["fault"] * 7
    told = [(f"/rows/{row['row']}/{one['column']}", one["code"]) for row in tried["rows"] for one in row["faults"]]
    assert sorted(told) == wanted
    assert admin.get(f"/v1/people/{agent.me['id']}").body["version"] == 1


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("A,A,", ("/rows/2/parent", "cyclic")),
        ("A,Nowhere,", ("/rows/2/parent", "unknown")),
        ("A,,perhaps", ("/rows/2/archived", "not_understood")),
        ("A,,\na,,", ("/rows/3/name", "twice")),
        (",Support,", ("/rows/2/name", "string_too_short")),
        ("A,Support,\nB,A,\nC,B,\nD,C,\nE,D,", ("/rows/6/parent", "too_deep")),
    ],
)
def test_a_team_that_does_not_fit_is_a_fault(cloud, admin, teams, line, wanted):
    assert faults(run(admin, TEAMS, f"name,parent,archived\n{line}")) == [wanted]


def test_what_is_no_such_file_is_refused(cloud, admin, monkeypatch):
    monkeypatch.setattr("helpdesk.imports.sheet.MOST_ROWS", 2)
    for text, code in (
        ("", "empty"),
        ("mail address,skills\n", "no_key"),
        ("email,e-mail\n", "twice"),
        ("email\n" + "a@acme.test\n" * 3, "too_many"),
        ('email\n"a@acme', "malformed"),
    ):
        assert faults(run(admin, PEOPLE, text)) == [("/csv", code)], code
    assert faults(admin.post(PEOPLE, {})) == [("/csv", "required")]
    assert faults(admin.post(PEOPLE, {"csv_base64": "?"})) == [("/csv_base64", "not_base64")]
    assert admin.post(PEOPLE, {"csv": "x" * 1_000_001}).status == 413
    assert admin.post(f"{PEOPLE}?dry_run=2", {"csv": "email"}).status == 400


def test_what_is_exported_is_imported_again_without_a_change(cloud, admin, agent, teams):
    tricky = {"name": "=cmd|'/c calc'!A1", "focus": " '-1\nnext", "parent_id": teams["Support"]["id"]}
    assert admin.post("/v1/teams", tricky).status == 201
    assert admin.post("/v1/teams", {"name": "A; B", "focus": "'quoted"}).status == 201
    gone = admin.post("/v1/teams", {"name": "Old"}).body["id"]
    assert admin.delete(f"/v1/teams/{gone}").status == 204
    known = {row["name"]: row["id"] for row in admin.get("/v1/teams").body["data"]}
    abilities = {
        "team_ids": [known["A; B"], known["=cmd|'/c calc'!A1"]],
        "skills": [{"skill": "ISO:9001", "level": 5}, {"skill": "+1", "level": 1}],
    }
    assert admin.patch(f"/v1/people/{agent.me['id']}", abilities).status == 200
    for path in (TEAMS, PEOPLE):
        file = admin.get(path)
        assert (file.status, file.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
        cells = [cell for line in file.body.removeprefix("\ufeff").splitlines() for cell in line.split(",")]
        assert not [cell for cell in cells if cell.strip('"')[:1] in ("=", "+", "-", "@")], "no cell is a formula"
        reply = run(admin, path, file.body)
        assert {outcome for _, outcome in outcomes(reply)} == {"left"}, reply.body["rows"]
        assert len(reply.body["rows"]) >= 2


def test_a_team_is_renamed_by_its_id_and_brought_back(cloud, admin, teams):
    id_ = teams["Support"]["id"]
    assert outcomes(run(admin, TEAMS, f"id,name,archived\n{id_},Help,yes")) == [("Help", "changed")]
    assert admin.get(f"/v1/teams/{id_}").body["archived"] is True
    assert outcomes(run(admin, TEAMS, "name,archived\nhelp,no")) == [("help", "changed")]
    assert admin.get(f"/v1/teams/{id_}").body["name"] == "help"
    assert faults(run(admin, TEAMS, "id,name\nT9,New")) == [("/rows/2/id", "unknown")]


def test_a_sample_can_be_imported(cloud, admin):
    sample = admin.get(f"{TEAMS}?sample=1").body
    assert outcomes(run(admin, f"{TEAMS}?dry_run=1", sample)) == [("Support", "created"), ("Hardware", "created")]
    assert run(admin, TEAMS, sample).status == 200
    people = admin.get(f"{PEOPLE}?sample=1").body
    assert [one for one, _ in outcomes(run(admin, f"{PEOPLE}?dry_run=1&invite=1", people))] == [
        "ada@example.com",
        "sam@example.com",
    ]


def test_who_is_not_here_is_invited_only_if_asked_for(cloud, admin, teams):
    text = "email,name,role,teams,skills\nnora@acme.test,Nora,supervisor,Support,Billing:2"
    assert faults(run(admin, PEOPLE, text)) == [("/rows/2/email", "unknown")]
    assert outcomes(run(admin, f"{PEOPLE}?invite=1&dry_run=1", text)) == [("nora@acme.test", "created")]
    assert admin.get("/v1/people?email=nora@acme.test").body["data"] == []
    assert outcomes(run(admin, f"{PEOPLE}?invite=1", text)) == [("nora@acme.test", "created")]
    (nora,) = admin.get("/v1/people?email=nora@acme.test").body["data"]
    assert (nora["role"], nora["team_ids"]) == ("supervisor", [teams["Support"]["id"]])
    assert nora["skills"] == [{"skill": "Billing", "level": 2}]
    assert faults(run(admin, f"{PEOPLE}?invite=1", "email,role\nx@acme.test,boss"))[0][0] == "/rows/2/role"


def test_a_file_tried_again_under_its_key_makes_one_of_each(cloud, admin):
    first = run(admin, TEAMS, STRUCTURE, Idempotency_Key="file-1")
    again = run(admin, TEAMS, STRUCTURE, Idempotency_Key="file-1")
    assert first.body == again.body
    assert len(admin.get("/v1/teams").body["data"]) == 2


def test_what_time_was_too_short_for_is_told_and_done_the_next_time(cloud, admin, monkeypatch):
    monkeypatch.setattr("helpdesk.imports.service.SECONDS", 0)
    assert [one for _, one in outcomes(run(admin, TEAMS, STRUCTURE))] == ["not_reached", "not_reached"]
    monkeypatch.undo()
    assert [one for _, one in outcomes(run(admin, TEAMS, STRUCTURE))] == ["created", "created"]


def test_only_who_writes_settings_imports_and_nobody_gives_more_than_he_may(cloud, admin, agent):
    for path, text in ((TEAMS, STRUCTURE), (PEOPLE, ABILITIES)):
        assert run(agent, f"{path}?dry_run=1", text).status == 403
    assert agent.get(PEOPLE).status == 403
    role = {"label": "Planner", "permissions": ["settings:read", "settings:write", "people:read", "people:write"]}
    planner = staff(admin.post("/v1/roles", role | {"sees": ["all"]}).body["id"], "pia@acme.test")
    refused = faults(run(planner, PEOPLE, "email,capacity\nada@acme.test,1"))
    assert refused[0][0] == "/rows/2/role"


def test_the_terminal_tells_first_and_does_it_when_asked_to(cloud, admin, monkeypatch, tmp_path):
    from typer.testing import CliRunner

    from infra.cli import app
    from infra.commands.target import Desk

    monkeypatch.setattr(Desk, "call", lambda _, method, path, body=None: admin.call(method, path, body).body)
    file = tmp_path / "teams.csv"
    file.write_text(STRUCTURE)
    run_ = lambda *more: CliRunner().invoke(app, ["import", "teams", str(file), "--origin", "x", "--key", "x", *more])  # noqa: E731
    told = run_()
    assert (told.exit_code, "2 created" in told.output) == (0, True), told.output
    assert admin.get("/v1/teams").body["data"] == []
    assert run_("--apply").exit_code == 0
    assert len(admin.get("/v1/teams").body["data"]) == 2
    assert "Everything is like that already." in run_("--apply").output
    file.write_text("name,parent\nA,Nowhere")
    wrong = run_("--apply")
    assert (wrong.exit_code, "parent" in wrong.output) == (1, True)
    assert len(admin.get("/v1/teams").body["data"]) == 2
