"""docs/settings.md says what there is: every type of field, every action of macros, every fact of conditions."""

from __future__ import annotations

import re
from pathlib import Path

from helpdesk.macros.actions import NEEDS
from helpdesk.settings.defaults import CATEGORIES, TYPES
from helpdesk.settings.fields.rules import FACTS
from helpdesk.settings.fields.values import TYPES as FIELD_TYPES

PAGE = (Path(__file__).parents[2] / "docs/settings.md").read_text()


def test_every_field_type_is_documented_with_its_meaning():
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, re.M)
    assert {name: meaning.strip() for name, meaning in rows if name in FIELD_TYPES} == {
        name: meaning for name, (_, meaning) in FIELD_TYPES.items()
    }


def test_every_action_fact_category_and_type_is_documented():
    for name in (*NEEDS, *FACTS, *CATEGORIES, *TYPES):
        assert f"`{name}`" in PAGE, name


def test_every_setting_of_the_mail_policy_and_every_cause_is_documented():
    from dataclasses import fields

    from helpdesk.mail.model import QuarantineCause
    from helpdesk.settings.mail_policy import MailPolicy, Monitor

    kept = {"version", "created_at", "updated_at"}
    for name in {one.name for one in fields(MailPolicy)} - kept:
        assert f"| `{name}` |" in PAGE, name
    for one in fields(Monitor):
        assert one.name in PAGE
    page = (Path(__file__).parents[2] / "docs/mail.md").read_text()
    for cause in QuarantineCause:
        assert f"`{cause}`" in page, cause
