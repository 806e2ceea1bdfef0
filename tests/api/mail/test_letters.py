"""Templates of our own mails: the organisation's words over ours, checked when they are kept, tried on oneself."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import boto3
import pytest

from tests.inbound import a_mail, receive

PATH = "/v1/mail-templates"
OWN = {"html": "<p>Welcome, {{ name }}! Number {{ number }} at {{ org }}.</p>"}


def _mails(cloud):
    return [message_from_bytes(raw, policy=default) for _, raw in cloud.sent()]


def _words(mail):
    return tuple(mail.get_body((form,)).get_content() for form in ("plain", "html"))


def test_every_kind_has_the_words_that_the_desk_comes_with(admin):
    rows = admin.get(PATH).body["data"]
    kinds = {row["kind"] for row in admin.get("/v1/mail-template-kinds").body["data"]}
    assert {(row["kind"], row["locale"]) for row in rows} == {(kind, tag) for kind in kinds for tag in ("en", "de")}
    assert all(row["shipped"] and row["version"] == 0 and row["html"] for row in rows)
    for row in rows:
        given = {name: row[name] for name in ("kind", "locale", "html", "text", "subject")}
        assert admin.post(f"{PATH}/preview", given).status == 200, row["id"]


def test_own_words_are_sent_until_they_are_taken_back(cloud, admin):
    changed = admin.patch(f"{PATH}/acknowledgement-en", OWN)
    assert (changed.status, changed.body["shipped"], changed.body["text"]) == (200, False, None)
    receive(a_mail(From='"Zoë & Co" <zoe@customer.test>'))
    cloud.pump()
    text, html = _words(_mails(cloud)[0])
    assert "Welcome, Zoë & Co! Number 1001 at Acme." in text
    assert "Welcome, Zoë &amp; Co! Number 1001" in html
    assert admin.delete(f"{PATH}/acknowledgement-en").status == 204
    assert admin.delete(f"{PATH}/acknowledgement-en").body["code"] == "shipped"
    receive(a_mail())
    cloud.pump()
    assert "thank you for your message" in _words(_mails(cloud)[1])[0]
    assert admin.patch(f"{PATH}/acknowledgement-en", OWN).body["version"] == 3, "after a restoration, too"


def test_the_reader_s_language_comes_first_then_the_mailbox_s_then_the_desk_s(cloud, admin, agent):
    french = {"kind": "acknowledgement", "locale": "fr", "html": "<p>Bonjour {{ name }}</p>", "text": "Bonjour"}
    assert admin.post(PATH, french).status == 201
    assert admin.post(PATH, french).body["code"] == "exists"
    assert admin.patch("/v1/mailboxes/main", {"locale": "de"}).status == 200
    admin.post("/v1/people", {"email": "zoe@customer.test", "locale": "fr-CA"})
    receive(a_mail(From="zoe@customer.test"))
    receive(a_mail(From="new@customer.test"))
    cloud.pump()
    words = [_words(mail)[0] for mail in _mails(cloud)]
    assert [text.split()[0] for text in words] == ["Bonjour", "Guten"]
    assert admin.delete(f"{PATH}/acknowledgement-fr").status == 204
    assert "acknowledgement-fr" not in {row["id"] for row in admin.get(PATH).body["data"]}


@pytest.mark.parametrize(
    ("html", "code", "line"),
    [
        ("<p>\n{{ name", "template_syntax", 2),
        ("{% for x in name %}{{ x }}{% endfor %}", "not_allowed", 1),
        ("\n\n{{ password }}", "unknown_variable", 3),
        ("{{ name.__class__.__mro__ }}", "not_allowed", 1),
        ("{{ ''['__class__'] }}", "not_allowed", 1),
        ("{{ lipsum() }}", "not_allowed", 1),
        ("{{ name | safe }}", "not_allowed", 1),
        ("{{ 9 ** 9 ** 9 }}", "not_allowed", 1),
        ("{{ 'x' * 1000000000 }}", "not_allowed", 1),
        ("{% include 'layout.html' %}", "not_allowed", 1),
        ("{% set x = name %}", "not_allowed", 1),
        ("{{ name | truncate(100000) }}", "not_allowed", 1),
        ("{{ " + "(" * 5_000 + "name" + ")" * 5_000 + " }}", "template_syntax", 1),
        ("{% if name %}" * 500 + "{% endif %}" * 500, "template_syntax", 1),
    ],
)
def test_a_fault_is_told_with_its_line(admin, html, code, line):
    refused = admin.patch(f"{PATH}/acknowledgement-en", {"html": html})
    assert refused.status == 422
    fault = refused.body["errors"][0]
    assert (fault["pointer"], fault["code"]) == ("/html", code)
    assert fault["message"].startswith(f"line {line}: ")
    given = {"kind": "acknowledgement", "locale": "en", "html": html}
    assert admin.post(f"{PATH}/preview", given).status == 422
    assert admin.post(f"{PATH}/test", given).status == 422


def test_what_a_mail_cannot_do_without_has_to_be_in_it(admin):
    refused = admin.patch(f"{PATH}/reply-en", {"html": "<p>{{ quote }}</p>", "text": "{{ body }}"})
    assert [(one["pointer"], one["code"]) for one in refused.body["errors"]] == [("/html", "missing_variable")]
    refused = admin.patch(f"{PATH}/acknowledgement-en", OWN | {"subject": "Hello"})
    assert refused.body["errors"][0]["code"] == "no_subject"
    assert admin.post(PATH, {"kind": "nothing", "locale": "fr", "html": "x"}).body["errors"][0]["pointer"] == "/kind"


def test_a_template_that_swells_gives_way_to_the_shipped_one(cloud, admin, agent, ticket, monkeypatch):
    from helpdesk.mail.sending import templates

    monkeypatch.setattr(templates, "MOST_OUTPUT", 10_000)
    assert admin.patch(f"{PATH}/reply-en", {"html": "{{ body }}" * 50}).status == 200
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "word " * 200})
    cloud.pump()
    assert _words(_mails(cloud)[-1])[0].count("word ") < 250


def test_a_test_goes_to_oneself_alone_and_nothing_is_kept(cloud, admin, agent):
    given = {"kind": "acknowledgement", "locale": "en", **OWN}
    assert agent.post(f"{PATH}/test", given).status == 403
    answer = admin.post(f"{PATH}/test", given)
    assert (answer.status, answer.body) == (202, {"sent_to": admin.me["email"]})
    cloud.pump()
    (mail,) = _mails(cloud)
    assert mail["To"].addresses[0].addr_spec == admin.me["email"]
    assert "Welcome, Carla Customer! Number 1001 at Acme." in _words(mail)[0]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert admin.get(f"{PATH}/acknowledgement-en").body["shipped"]
    key = admin.post("/v1/api-keys", {"name": "x", "scopes": ["settings:write"]}).body["key"]
    assert type(admin)({"authorization": f"Bearer {key}"}).post(f"{PATH}/test", given).status == 403


def test_inbound_words_are_never_a_template(cloud, admin, agent):
    """EM-67."""
    admin.patch(f"{PATH}/acknowledgement-en", {"html": "<p>{{ name }} {{ subject }}</p>"})
    row = receive(a_mail("{{ 7*7 }} {% raw %}", "{{ org }}", From='"{{ number }}" <zoe@customer.test>'))
    agent.post(f"/v1/tickets/{row['ticket_id']}/messages", {"kind": "reply", "body_text": "{{ link }}"})
    cloud.pump()
    acknowledged, replied = (_words(mail)[0] for mail in _mails(cloud))
    assert "{{ number }} {{ 7*7 }} {% raw %}" in acknowledged
    assert "{{ link }}" in replied and "> {{ org }}" in replied


def test_signatures_of_person_and_mailbox_stand_below_a_reply(cloud, admin, agent, ticket):
    mine = "<p>Sam<script>alert(1)</script><img src='https://x.test/a.gif'> <b>{{ org }}</b></p>"
    person = agent.patch(f"/v1/people/{agent.me['id']}", {"signature_html": mine})
    assert person.status == 200 and "script" not in person.body["signature_html"]
    admin.patch("/v1/mailboxes/main", {"signature_html": "<p>Acme support</p>"})
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "Try this."})
    cloud.pump()
    text, html = _words(_mails(cloud)[-1])
    assert [line for line in text.splitlines() if line.strip()][:4] == [
        "Try this.",
        "-- ",
        "Sam {{ org }}",
        "Acme support",
    ]
    assert "<b>{{ org }}</b>" in html and "<img" not in html and "alert" not in html
    shown = agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][-1]
    assert "Acme support" not in shown["body_html"], "a signature is no part of the message"
    customer = admin.get("/v1/people?kind=contact").body["data"][0]
    assert "signature_html" not in customer
    refused = admin.patch(f"/v1/people/{customer['id']}", {"signature_html": "x"})
    assert refused.body["errors"][0]["code"] == "not_staff"


def _attach(agent, name, content):
    file = agent.post("/v1/attachments", {"filename": name, "content_type": "image/png", "size": len(content)}).body
    boto3.client("s3").put_object(Bucket="attachments", Key=file["upload"]["fields"]["key"], Body=content)
    return file["id"]


def test_pictures_travel_inside_and_too_many_bytes_become_a_link(cloud, agent, ticket, monkeypatch):
    path, picture = f"/v1/tickets/{ticket['id']}/messages", b"\x89PNG"
    shown = _attach(agent, "shot.png", picture)
    html = f'<p>See <img src="/v1/attachments/{shown}"></p>'
    assert agent.post(path, {"kind": "reply", "body_html": html, "attachments": [shown]}).status == 201
    cloud.pump()
    mail = _mails(cloud)[-1]
    assert f'src="cid:{shown}@lambdesk"' in _words(mail)[1]
    (part,) = (one for one in mail.walk() if one.get_content_type() == "image/png")
    assert part["Content-ID"] == f"<{shown}@lambdesk>" and part.get_content() == picture
    monkeypatch.setattr("helpdesk.mail.sending.letters.MOST_ATTACHED", 3)
    large = _attach(agent, "plan.png", picture)
    assert agent.post(path, {"kind": "reply", "body_text": "The plan.", "attachments": [large]}).status == 201
    cloud.pump()
    mail = _mails(cloud)[-1]
    assert list(mail.iter_attachments()) == []
    assert f"/portal/#/tickets/{ticket['id']}" in _words(mail)[1]


def test_em63_a_mail_that_is_too_large_is_kept_and_answered(cloud, admin, monkeypatch):
    monkeypatch.setattr("helpdesk.mail.parsing.contents.LARGEST", 10_000)
    mails = [a_mail("Plans", "x" * 20_000), a_mail("Plans", "x" * 20_000, Auto_Submitted="auto-generated")]
    rows = [receive(mail) for mail in mails]
    assert [(row["outcome"], row["cause"]) for row in rows] == [("quarantine", "too_large")] * 2
    cloud.pump()
    (mail,) = _mails(cloud)
    assert mail["In-Reply-To"] == f"<{rows[0]['message_id']}>" and mail["Auto-Submitted"] == "auto-replied"
    assert 'your mail "Plans" is larger' in _words(mail)[0]


def test_a_sender_hears_of_his_rejected_mail_only_if_asked(cloud, admin):
    """With its thread, and never to a machine's empty return path."""
    quiet, told = (receive(a_mail("Buy now", From=f"{name}@x.test"), spam="FAIL") for name in ("a", "b"))
    assert admin.delete(f"/v1/mail/{quiet['id']}/release").status == 200
    assert admin.delete(f"/v1/mail/{told['id']}/release?tell=1").status == 200
    assert admin.delete(f"/v1/mail/{told['id']}/release?tell=maybe").status == 400
    cloud.pump()
    (mail,) = _mails(cloud)
    assert mail["To"] == "b@x.test" and mail["In-Reply-To"] == f"<{told['message_id']}>"
    assert mail["Auto-Submitted"] == "auto-replied" and mail["Subject"] == "Re: Buy now"
    assert "could not deliver it" in _words(mail)[0]
