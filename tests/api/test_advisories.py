"""What went wrong in another help desk, by its public advisories, tried here; docs/advisories.md says where."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import yaml

from tests.api.test_visibility import RIGHTS, limited
from tests.api.test_webhooks import hook
from tests.callers import NEW_TICKET, Caller, contact, staff
from tests.inbound import a_mail, receive

ROOT = Path(__file__).parents[2]
IDS = [
    *("83xx-8c27-gq78", "9cm3-qvj2-8hg4", "c83g-9f2m-9cmw", "89fj-jcr7-2c68", "c2w2-prh8-qm98", "jvmv-2qcp-7855"),
    *("j49f-9g94-3wh4", "m4hc-rc98-38jc", "cr68-27qv-p5m4", "2g42-f97q-973x", "6w8v-qp43-vg2h", "22wf-848c-c856"),
    *("5vg9-5847-vvmq", "h5x3-xfc9-m39h", "wpwq-4j6v-78m3", "cwxw-98qj-8qjx", "34xg-wgjx-8xph", "hq7v-mx3g-29hw"),
    *("vm85-hxw5-5432", "v8vc-cmf9-gg2c", "wqq7-4q7m-273v", "w668-wq26-6c94", "gh3r-jh6q-wrvj", "jpq8-j69f-mj98"),
    *("9ph7-f3hc-95gg", "858x-8f77-9vc5", "w2p9-3666-vw9j", "jx2w-fhmw-rg39", "27vp-fpg8-j8wv", "jqj5-r72v-v29g"),
    *("hqff-cwx7-3jpm", "ph4f-2jhx-q76w", "w5fc-8pp3-f755", "rx6j-4c33-9h3r", "8vm3-wwq4-ggfx", "3w38-h42v-3h6w"),
    *("9vx8-gx3p-9mh6", "wg74-ww4w-2qpc", "6r38-6mcf-2ww3", "qjr9-6v9q-3r72", "qrr6-mg7r-m243", "f489-qxv6-gvgg"),
    *("q3fh-rj9h-jfrc", "985r-6qfc-hg8m"),
]
NASTY = (
    '<form action="//evil.test"><input name="p"></form><iframe src="//evil.test"></iframe><scr<script>ipt>x()</script>'
)


def test_the_page_has_every_advisory_and_every_test_that_it_names():
    page = (ROOT / "docs/advisories.md").read_text()
    rows = re.findall(r"^\| (\w{4}-\w{4}-\w{4}) \|(.*)\|(.*)\|(.*)\|$", page, re.M)
    assert len(IDS) == len(set(IDS)) == 44
    assert [one[0] for one in rows] == IDS
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    for id_, _, stands, shows in rows:
        named = re.findall(r"`(test_\w+)`", shows)
        assert set(named) <= there, (id_, set(named) - there)
        assert named or stands.strip().startswith("does not apply: "), id_


def test_a_colleagues_reply_by_mail_grants_nothing(cloud, admin):
    """GHSA-83xx-8c27-gq78: his mail is filed, but is no reply to the customer, and lets him see no more."""
    lea = limited(admin, ["teams"], [])
    row = receive(a_mail("The charger stops", "It stops.", Message_ID="<one@customer.test>"))
    path = f"/v1/tickets/{row['ticket_id']}"
    before = admin.get(path).body
    cloud.pump()
    sent = len(cloud.sent())
    mail = a_mail("Re: The charger stops", "Give me the key.", References="<one@customer.test>")
    del mail["From"]
    mail["From"] = "Lea <lea@acme.test>"
    receive(mail)
    cloud.pump()
    assert lea.get(path).status == 404 and lea.get("/v1/tickets").body["data"] == []
    after = admin.get(path).body
    assert (after["requester"], after["cc"], after["assignee_id"]) == (before["requester"], [], None)
    told = [message_from_bytes(raw, policy=default) for _, raw in cloud.sent()[sent:]]
    assert not [one for one in told if "customer.test" in str(one["To"])], "nothing of it went to the customer"


def test_a_reply_from_a_new_address_never_changes_the_requester(cloud, agent):
    """GHSA-j49f-9g94-3wh4."""
    row = receive(a_mail(Message_ID="<one@customer.test>"))
    before = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    mail = a_mail("Re: The charger stops", "I am Carla, too.", References="<one@customer.test>")
    del mail["From"]
    mail["From"] = "Carla Customer <carla@elsewhere.test>"
    receive(mail)
    after = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    assert (after["requester"], after["cc"]) == (before["requester"], before["cc"])
    person = agent.get(f"/v1/people/{before['requester']['id']}").body
    assert "carla@elsewhere.test" not in person["emails"]


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "%0d%0a", "\u2028", "\x0b", "\0"])
def test_addresses_with_line_breaks_are_refused(cloud, admin, ticket, break_):
    """GHSA-5vg9-5847-vvmq."""
    address = f"carla@customer.test{break_}Bcc: eve@evil.test"
    path = f"/v1/tickets/{ticket['id']}"
    refused = [
        admin.post("/v1/tickets", NEW_TICKET | {"requester": {"email": address}}),
        admin.post("/v1/people", {"email": address}),
        admin.post(f"{path}/participants", {"role": "cc", "email": address}),
        admin.post(f"{path}/side-conversations", {"subject": "x", "to": [address], "body_text": "x"}),
        admin.post(f"{path}/messages", {"kind": "reply", "body_text": "x", "cc": [address]}),
    ]
    assert {reply.status for reply in refused} <= {400, 422}
    assert Caller().post("/v1/portal/sign-in-links", {"email": address}).status in (202, 422)
    cloud.pump()
    assert not [raw for _, raw in cloud.sent() if b"evil.test" in raw]


def test_a_subject_cannot_smuggle_a_header_in(cloud, agent, ticket):
    """GHSA-5vg9-5847-vvmq, GHSA-vm85-hxw5-5432."""
    assert agent.patch(f"/v1/tickets/{ticket['id']}", {"subject": "x\r\nBcc: eve@evil.test"}).status == 422
    assert agent.post("/v1/tickets", NEW_TICKET | {"subject": "x\nBcc: eve@evil.test"}).status == 422


def test_links_in_mail_use_the_configured_origin_never_the_host_header(cloud, customer):
    """GHSA-c2w2-prh8-qm98, GHSA-34xg-wgjx-8xph, GHSA-hq7v-mx3g-29hw."""
    from helpdesk.core.config import config

    evil = {"host": "evil.test\x07", "x-forwarded-host": "evil.test", "forwarded": "host=evil.test"}
    assert Caller(evil).post("/v1/portal/sign-in-links", {"email": "carla@customer.test"}).status == 202
    cloud.pump()
    raw = cloud.sent()[-1][1]
    assert config().origin.encode() in raw and b"evil.test" not in raw


def test_nobody_lifts_his_own_limits(cloud, admin):
    """GHSA-m4hc-rc98-38jc."""
    lea = limited(admin, ["assigned"], [])
    me = f"/v1/people/{lea.me['id']}"
    for body in ({"role": "admin"}, {"team_ids": ["x"]}, {"sees": ["all"]}, {"permissions": ["tickets:purge"]}):
        assert lea.patch(me, body).status in (403, 422)
        assert lea.call("PATCH", "/v1/me", body).status in (404, 405)
    assert lea.patch(f"/v1/roles/{lea.me['role']}", {"sees": ["all"]}).status == 403
    assert lea.get("/v1/me").body["role"] == lea.me["role"]
    assert admin.get(f"/v1/roles/{lea.me['role']}").body["sees"] == ["assigned"]


def test_customers_facts_need_the_right_to_people(cloud, admin, ticket):
    """GHSA-cr68-27qv-p5m4: there is one rule for facts of customers, people:read, on every route."""
    cloud.pump()
    rights = [one for one in RIGHTS if one != "people:read"]
    blind = limited(admin, ["all"], [], rights=rights)
    person = ticket["requester"]["id"]
    for path in (f"/v1/people/{person}", "/v1/people", "/v1/people?email=carla@customer.test", "/v1/companies"):
        assert blind.get(path).status == 403
    assert blind.get("/v1/tickets?include=requester").status == 403
    assert blind.get("/v1/search?q=carla&type=people,companies").body["data"] == []
    assert blind.get("/v1/search/suggest?q=carla").body["people"] == []
    kinds = {one["subject"]["kind"] for one in blind.get("/v1/events?after=0&limit=500").body["data"]}
    assert "person" not in kinds


def test_every_answer_carries_the_security_headers_and_none_is_html(cloud, admin, ticket):
    """GHSA-2g42-f97q-973x: the API has no fragments of HTML; what the edge sends has the policy, whatever the path."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: suffix)
    edge = yaml.load((ROOT / "infra/edge.yaml").read_text(), Loader)
    (found,) = [one for one in edge["Resources"].values() if one["Type"] == "AWS::CloudFront::Distribution"]
    settings = found["Properties"]["DistributionConfig"]
    for behaviour in [settings["DefaultCacheBehavior"], *settings["CacheBehaviors"]]:
        assert behaviour["ResponseHeadersPolicyId"]
    for path in ("/v1/tickets", f"/v1/tickets/{ticket['id']}/messages", "/v1/nothing", "/v1/health"):
        assert "json" in admin.get(path).headers["Content-Type"]


@pytest.mark.parametrize(
    "url", ["https://x.test/a\r\nX-Evil: 1", "https://x.test/\n", "https://x\r.test/", "https://x.test/a b"]
)
def test_a_webhook_cannot_smuggle_a_request_line_in(cloud, admin, url):
    """GHSA-vm85-hxw5-5432."""
    reply = admin.post("/v1/webhooks", {"url": url, "events": ["*"]})
    assert reply.status == 422 or " " not in reply.body["url"]
    assert reply.status == 422 or not re.search(r"[\r\n]", reply.body["url"])


def test_webhooks_go_through_no_proxy_of_the_environment(cloud, admin, agent, receiver, monkeypatch):
    """GHSA-wpwq-4j6v-78m3."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    made = hook(admin, receiver)
    assert admin.post(f"/v1/webhooks/{made['id']}/test").body["delivered"] is True


def test_cookies_are_for_our_own_host_alone(cloud, monkeypatch):
    """GHSA-cwxw-98qj-8qjx: no Domain, never for a parent domain; and we keep no cookies of others."""
    from dataclasses import replace

    from helpdesk.core.config import config
    from helpdesk.web import actors

    real = replace(config(), stage="prod")
    monkeypatch.setattr(actors, "config", lambda: real)
    for door in ("desk", "portal"):
        cookie = actors.session_cookie(door, "t", 60)
        assert cookie.startswith(f"__Host-{door}=") and "domain" not in cookie.lower()
        assert "Secure" in cookie and "HttpOnly" in cookie


@pytest.mark.parametrize(
    "way", ["..", "%2e%2e", "..%2f..%2fpeople", "....//", "%00", "..\\..\\etc", ".%2e/.%2e/etc/passwd"]
)
def test_dot_segments_lead_nowhere(cloud, admin, way):
    """GHSA-h5x3-xfc9-m39h, GHSA-9ph7-f3hc-95gg, GHSA-858x-8f77-9vc5: ids are keys of rows, no path is a file's."""
    for path in (f"/v1/tickets/{way}", f"/v1/attachments/{way}", f"/v1/mail/{way}/raw", f"/v1/{way}"):
        assert admin.get(path).status in (404, 405)


def test_wildcards_are_letters(cloud, admin, ticket):
    """GHSA-gh3r-jh6q-wrvj, GHSA-wqq7-4q7m-273v."""
    cloud.pump()
    for word in ("%", "_", "*", "%%", "*%_"):
        assert admin.get(f"/v1/tickets?tag={word}").body["data"] == []
        assert admin.get(f"/v1/search/suggest?q={word}").body["tickets"] == []
    assert admin.get("/v1/tickets/1___").status == 404


def test_tags_that_no_mail_needs_are_taken_out_at_every_door(cloud, admin, agent, ticket):
    """GHSA-jpq8-j69f-mj98, GHSA-985r-6qfc-hg8m, GHSA-q3fh-rj9h-jfrc."""
    path = f"/v1/tickets/{ticket['id']}/messages"
    shown = [agent.post(path, {"kind": kind, "body_html": NASTY + "<p>hello</p>"}).body for kind in ("note", "reply")]
    mail = a_mail("Re", "x")
    mail.add_alternative(NASTY + "<p>hello</p>", subtype="html")
    shown += agent.get(f"/v1/tickets/{receive(mail)['ticket_id']}/messages").body["data"]
    template = {"name": "x", "variants": {"en": {"body_html": NASTY + "<p>hello</p>"}}}
    shown.append(admin.post("/v1/templates", template).body["variants"]["en"])
    macro = {"name": "x", "actions": [{"type": "note", "body_html": NASTY + "<p>hello</p>"}]}
    shown.append(admin.post("/v1/macros", macro).body["actions"][0])
    for one in shown:
        assert "hello" in one["body_html"]
        assert not re.search(r"<\s*(form|input|iframe|script|object|embed|meta|base)", one["body_html"], re.I)


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/x-php", "text/xml", "application/javascript"]
)
def test_uploads_are_downloads_from_another_origin_whatever_they_call_themselves(cloud, agent, kind):
    """GHSA-27vp-fpg8-j8wv."""
    file = agent.post("/v1/attachments", {"filename": "x.html", "content_type": kind, "size": 1}).body
    link = agent.get(f"/v1/attachments/{file['id']}").headers["Location"]
    assert "response-content-type=application%2Foctet-stream" in link
    assert "response-content-disposition=attachment" in link
    assert not link.startswith("http://127.0.0.1:8080") and "Expires=" in link


@pytest.mark.parametrize("token", ["", " ", "null", "0", "a.b", "acme..", "acme.0.", "acme." + "A" * 40])
def test_an_empty_or_invented_link_opens_nothing(cloud, customer, token):
    """GHSA-jqj5-r72v-v29g, GHSA-hqff-cwx7-3jpm."""
    assert Caller().post("/v1/portal/session", {"token": token}).status in (410, 422)


def test_uploads_are_throttled_and_bounded(cloud, admin):
    """GHSA-ph4f-2jhx-q76w."""
    key = admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:write"], "per_minute": 5}).body["key"]
    caller = Caller({"authorization": f"Bearer {key}"})
    file = {"filename": "x.txt", "size": 1}
    statuses = [caller.post("/v1/attachments", file).status for _ in range(12)]
    assert statuses[0] == 201 and statuses[-1] == 429
    assert admin.post("/v1/attachments", file | {"size": 26 * 1024 * 1024}).status == 422


def test_names_of_javascript_are_names(cloud, admin):
    """GHSA-w5fc-8pp3-f755, GHSA-rx6j-4c33-9h3r."""
    for name in ("__proto__", "constructor", "prototype"):
        assert admin.post("/v1/tickets", NEW_TICKET | {name: {"role": "admin"}}).status == 422
        assert admin.post("/v1/tickets", NEW_TICKET | {"fields": {name: "x"}}).status == 422
        assert admin.get(f"/v1/tickets?{name}[role]=admin").status in (200, 400)
    assert admin.get("/v1/me").body["role"] == "admin"


def test_what_was_said_is_neither_edited_nor_deleted():
    """GHSA-3w38-h42v-3h6w, GHSA-9vx8-gx3p-9mh6, GHSA-89fj-jcr7-2c68: there is no such route for anybody."""
    from helpdesk.web.catalogue import routes

    changing = {(one.method, one.path) for one in routes() if "messages/{" in one.path and one.method != "GET"}
    path = "/v1/tickets/{ticket_id}/messages/{message_id}/sending"  # when, and with which status
    assert changing == {("DELETE", path), ("PATCH", path), ("POST", path), ("PUT", path)}


def test_a_forged_reply_address_reaches_no_ticket(cloud, agent, ticket):
    """GHSA-6r38-6mcf-2ww3, GHSA-8vm3-wwq4-ggfx."""
    from helpdesk.core.signing import key
    from helpdesk.mail.addresses import reply_address

    real = reply_address("support@acme.test", ticket["id"], b"another key, guessed")
    for address in (real, real[: real.index("@") - 1] + real[real.index("@") :], f"support+{ticket['id']}@acme.test"):
        mail = a_mail("Re: The charger stops", "Close it.", References=f"<{ticket['id']}@acme.test>")
        del mail["To"]
        mail["To"] = address
        row = receive(mail, to=[address])
        assert row["ticket_id"] != ticket["id"], address
    assert key


def test_no_mail_of_ours_tells_when_it_is_read(cloud, agent, ticket):
    """GHSA-qjr9-6v9q-3r72: there is no tracking, so there is no address of it to guess."""
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_html": "<p>Press <b>reset</b>.</p>"})
    Caller().post("/v1/portal/sign-in-links", {"email": "carla@customer.test"})
    receive(a_mail())
    cloud.pump(30)
    assert len(cloud.sent()) >= 3
    for _, raw in cloud.sent():
        mail = message_from_bytes(raw, policy=default)
        assert mail["Disposition-Notification-To"] is None and mail["Return-Receipt-To"] is None
        for part in mail.walk():
            if part.get_content_type() == "text/html":
                assert not re.search(r"<img|url\(|<link|@import", part.get_content(), re.I)


def test_sessions_and_views_of_a_colleague_are_his_own(cloud, admin, agent):
    """GHSA-f489-qxv6-gvgg: what is somebody's own is reached by nobody else, not even by an administrator."""
    session = agent.get("/v1/sessions").body["data"][0]["id"]
    view = agent.post("/v1/views", {"label": "Mine", "filter": "tag:vip"}).body["id"]
    assert admin.delete(f"/v1/sessions/{session}").status == 404
    assert admin.patch(f"/v1/views/{view}", {"label": "Yours"}).status == 404
    assert agent.get("/v1/me").status == 200


def test_nothing_for_tests_runs_in_lambda():
    """GHSA-qrr6-mg7r-m243."""
    text = (ROOT / "layers/runtime/requirements.txt").read_text() + (
        ROOT / "layers/search/requirements.txt"
    ).read_text()
    assert not re.search(r"^(pytest|hypothesis|moto|schemathesis|playwright|ministack)", text, re.M)


def test_an_unknown_path_tells_nothing_of_the_machine(cloud):
    """GHSA-w2p9-3666-vw9j, GHSA-jx2w-fhmw-rg39: there are no tools on the web; health says that it lives."""
    for path in ("/v1/tools", "/v1/tools.php", "/v1/logs", "/v1/phpinfo", "/v1/debug", "/v1/.env"):
        assert Caller().get(path).status == 404
    assert not re.search("version|python|region|arn|table", str(Caller().get("/v1/health").body), re.I)


def test_password_reset_answers_alike_and_is_throttled(cloud, admin):
    """GHSA-jvmv-2qcp-7855."""
    replies = [Caller().post("/v1/password-reset", {"email": one}) for one in ("ada@acme.test", "no@acme.test")]
    assert replies[0].status == replies[1].status and replies[0].body == replies[1].body
    statuses = [Caller().post("/v1/password-reset", {"email": "ada@acme.test"}).status for _ in range(80)]
    assert 429 in statuses


def test_an_address_of_the_callers_choice_is_no_address(cloud, admin, monkeypatch):
    """GHSA-9cm3-qvj2-8hg4: the edge alone says who calls; made-up headers reach neither the trail nor a mail."""
    forged = {
        "x-forwarded-for": "<b>1.2.3.4</b>",
        "x-real-ip": "6.6.6.6",
        "client-ip": "6.6.6.6",
        "cf-connecting-ip": "6.6.6.6",
    }
    Caller({**admin.headers, **forged}).post("/v1/teams", {"name": "Hardware"})
    cloud.pump()
    assert not re.search("6.6.6.6|1.2.3.4", str(admin.get("/v1/audit?limit=100").body))


def test_a_disabled_colleague_is_out_at_once(cloud, admin):
    """GHSA-83xx-8c27-gq78: neither his session nor his mail does anything any more."""
    sam = staff("agent", "sam2@acme.test")
    assert admin.patch(f"/v1/people/{sam.me['id']}", {"disabled": True}).status == 200
    assert sam.get("/v1/tickets").status == 401
    assert contact("other@customer.test").get("/v1/portal/tickets").body["data"] == []
