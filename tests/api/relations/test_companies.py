"""TM-14: companies with domains and paged members; people with many addresses, telephones and handles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest

from bench.meter import metered
from tests.callers import NEW_TICKET, contact
from tests.inbound import a_mail, receive


@pytest.fixture
def company(agent):
    made = agent.post("/v1/companies", {"name": "Customer Ltd", "domains": ["@Customer.test"], "shares_tickets": True})
    assert made.status == 201, made.body
    return made.body


def test_tm14_a_domain_brings_new_people_and_their_tickets_to_their_company(agent, company):
    assert company["domains"] == ["customer.test"]
    row = receive(a_mail())
    ticket = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    assert ticket["company_id"] == company["id"]
    (person,) = agent.get(f"/v1/companies/{company['id']}/people").body["data"]
    assert (person["email"], person["company_id"]) == ("carla@customer.test", company["id"])
    (listed,) = agent.get(f"/v1/companies/{company['id']}/tickets?category=active").body["data"]
    assert listed["id"] == ticket["id"]
    assert agent.get(f"/v1/tickets?company_id={company['id']}").body["data"] == [listed]
    receive(a_mail(From="x@elsewhere.test"))
    assert len(agent.get(f"/v1/companies/{company['id']}/tickets").body["data"]) == 1
    assert agent.get("/v1/companies?domain=customer.test").body["data"] == [company]


def test_tm14_a_domain_is_one_companys_also_when_two_ask_at_once(agent, company):
    body = {"name": "Twin", "domains": ["twin.test"]}
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: agent.post("/v1/companies", body), range(4)))
    assert sorted(reply.status for reply in replies) == [201, 409, 409, 409]
    assert {reply.body["code"] for reply in replies if reply.status == 409} == {"domain_taken"}
    other = agent.post("/v1/companies", {"name": "Other"}).body
    path = f"/v1/companies/{other['id']}"
    assert agent.patch(path, {"domains": ["customer.test"]}).body["code"] == "domain_taken"
    agent.patch(f"/v1/companies/{company['id']}", {"domains": []})
    assert agent.patch(path, {"domains": ["customer.test"]}).status == 200


def test_tm14_public_mail_providers_are_no_companys_unless_somebody_means_it(agent):
    refused = agent.post("/v1/companies", {"name": "x", "domains": ["gmail.com", "nonsense", "ok.test"]})
    assert [(one["pointer"], one["code"]) for one in refused.body["errors"]] == [
        ("/domains/0", "public_mail_domain"),
        ("/domains/1", "not_a_domain"),
    ]
    meant = {"name": "x", "domains": ["gmail.com"], "allow_public_domains": True}
    assert agent.post("/v1/companies", meant).status == 201


def test_tm14_ten_thousand_members_page_through_the_index(timeline, agent, company):
    """zammad#3648: a page is one query, wherever it stands."""
    from helpdesk.core.items import dump_item

    dynamodb, pages = boto3.client("dynamodb"), range(0, 10_000, 25)
    names = ("role", "locale", "team_ids", "phones", "handles", "company_ids")
    for start in pages:
        rows = []
        for index in range(start, start + 25):
            email = f"p{index:05}@customer.test"
            person = {"id": f"P{index:05}", "org_id": "acme", "kind": "contact", "name": "P", "email": email}
            person |= dict.fromkeys(names) | {"emails": [email], "version": 1, "created_at": "", "updated_at": ""}
            keys = {"pk": f"acme#P{index:05}", "sk": "PERSON", "c_pk": f"acme#{company['id']}", "c_sk": email}
            rows.append({"PutRequest": {"Item": dump_item(person | {"company_id": company["id"]} | keys)}})
        dynamodb.batch_write_item(RequestItems={"People": rows})
    path = f"/v1/companies/{company['id']}/people?limit=100"
    first = agent.get(path).body
    seen, cursor = [one["id"] for one in first["data"]], first["next_cursor"]
    with metered() as meter:
        second = agent.get(f"{path}&cursor={cursor}").body
    assert [operation for _, operation, _ in meter.calls] == ["GetItem", "Query"]
    seen += [one["id"] for one in second["data"]]
    assert seen == [f"P{index:05}" for index in range(200)]
    assert second["next_cursor"]


def test_tm14_a_person_may_belong_to_further_companies(agent, company):
    other = agent.post("/v1/companies", {"name": "Other"}).body["id"]
    carla = contact("carla@customer.test").me
    path = f"/v1/people/{carla['id']}"
    assert agent.patch(path, {"company_ids": [other]}).body["company_ids"] == [other]
    assert [one["id"] for one in agent.get(f"/v1/companies/{other}/people").body["data"]] == [carla["id"]]
    assert agent.delete(f"/v1/companies/{other}").body["code"] == "has_people"
    agent.patch(path, {"company_ids": [], "company_id": None})
    for id_ in (other, company["id"]):
        assert agent.get(f"/v1/companies/{id_}/people").body["data"] == []
        assert agent.delete(f"/v1/companies/{id_}").status == 204
        assert agent.get(f"/v1/companies/{id_}").status == 404
    assert agent.patch(path, {"company_id": other}).status == 422
    assert agent.get("/v1/companies").body["data"] == []


def test_tm14_many_addresses_telephones_and_handles_lead_to_one_person(agent):
    carla = contact("carla@customer.test").me
    path = f"/v1/people/{carla['id']}"
    assert agent.post(f"{path}/emails", {"email": "Carla@Private.test"}).status == 201
    changes = {"phones": ["+49 (30) 123-4567"], "handles": ["telegram:@carla"]}
    assert agent.patch(path, changes).body["phones"] == ["+49301234567"]
    for query in ("email=carla@private.test", "phone=%2B49301234567".replace("%2B", "+"), "handle=telegram:@carla"):
        assert [one["id"] for one in agent.get(f"/v1/people?{query}").body["data"]] == [carla["id"]], query
    eve = contact("eve@elsewhere.test", "Eve").me
    for change in ({"phones": ["+49301234567"]}, {"handles": ["telegram:@carla"]}):
        assert agent.patch(f"/v1/people/{eve['id']}", change).body["code"] == "address_taken"
    assert agent.post(f"/v1/people/{eve['id']}/emails", {"email": "carla@private.test"}).body["code"] == "address_taken"
    gone = agent.delete(f"{path}/emails/carla@customer.test")
    assert (gone.body["email"], gone.body["emails"]) == ("carla@private.test", ["carla@private.test"])
    assert agent.delete(f"{path}/emails/carla@private.test").body["code"] == "last_address"
    assert agent.post(f"/v1/people/{eve['id']}/emails", {"email": "carla@customer.test", "primary": True}).status == 201
    assert agent.post(f"/v1/people/{agent.me['id']}/emails", {"email": "x@acme.test"}).status == 403


def test_tm14_who_writes_from_his_other_address_is_the_same_person_and_is_answered_there(cloud, agent, ticket):
    carla = contact("carla@customer.test")
    agent.post(f"/v1/people/{carla.me['id']}/emails", {"email": "carla@private.test"})
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    reply = a_mail("Re: x", "Me again.", From="carla@private.test", In_Reply_To="<one@customer.test>")
    assert receive(reply)["ticket_id"] == first["ticket_id"]
    other = receive(a_mail("New", From="carla@private.test"))
    shown = agent.get(f"/v1/tickets/{other['ticket_id']}").body
    assert shown["requester"] == {"id": carla.me["id"], "name": "Carla", "email": "carla@private.test"}
    assert carla.get(f"/v1/portal/tickets/{other['ticket_id']}").status == 200


def test_tm14_colleagues_of_a_sharing_company_read_its_tickets_and_nothing_else(cloud, agent, company):
    """Part 3 of the research, item 25."""
    ticket = agent.post("/v1/tickets", NEW_TICKET).body
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "SECRET"})
    mate, stranger = contact("mate@customer.test", "Mate"), contact("eve@elsewhere.test", "Eve")
    path = f"/v1/portal/tickets/{ticket['id']}"
    shown = mate.get(path)
    assert (shown.status, shown.body["can_write"], "SECRET" in str(shown.body)) == (200, False, False)
    assert mate.get("/v1/portal/companies").body["data"] == [{"id": company["id"], "name": "Customer Ltd"}]
    (listed,) = mate.get(f"/v1/portal/tickets?company_id={company['id']}").body["data"]
    assert listed["id"] == ticket["id"]
    assert mate.get("/v1/portal/tickets").body["data"] == []
    assert mate.post(f"{path}/messages", {"body_text": "x"}).status == 403
    assert mate.put(f"{path}/resolution").status == 403
    assert stranger.get(path).status == 404
    assert stranger.get(f"/v1/portal/tickets?company_id={company['id']}").status == 404
    why = agent.get(f"/v1/tickets/{ticket['id']}")
    assert why.status == 200
    agent.patch(f"/v1/companies/{company['id']}", {"shares_tickets": False})
    from helpdesk.core.cache import forget

    forget()  # in another container after 30 s
    assert mate.get(path).status == 404


def test_tm14_every_change_of_people_and_companies_is_an_event(cloud, admin, agent, company):
    contact("carla@customer.test")
    agent.patch(f"/v1/companies/{company['id']}", {"name": "Renamed"})
    cloud.pump()
    events = admin.get("/v1/events?after=0&types=company.created,company.changed,person.created").body["data"]
    told = [(event["type"], event["subject"]["id"], event["version"]) for event in events]
    assert ("company.changed", company["id"], 2) in told
    changed = next(event for event in events if event["type"] == "company.changed")
    assert changed["changes"] == {"name": {"from": "Customer Ltd", "to": "Renamed"}}
    assert changed["actor"]["id"] == agent.me["id"]


def test_tm14_a_command_that_is_tried_again_makes_one_company_and_one_person(agent, monkeypatch):
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    from tests.faults import deaths

    count = 0
    for death in deaths():
        key = f"key-{death.call}-{death.after}"
        body = {"name": "Same", "domains": [f"d{count}.test"]}
        with death:
            agent.post("/v1/companies", body, Idempotency_Key=key)
        replies = [agent.post("/v1/companies", body, Idempotency_Key=key) for _ in range(2)]
        count += 1
        assert [reply.status for reply in replies] == [201, 201], death
        assert len(agent.get("/v1/companies?limit=100").body["data"]) == count, death
    assert count > 4
