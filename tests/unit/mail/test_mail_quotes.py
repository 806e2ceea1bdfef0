"""The replies of real mail programs (mailgun/talon's collection): what remains is what the person wrote."""

from __future__ import annotations

import pytest
from mail_corpora import CORPORA, needs_corpora

from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.parsing.quoting import trim_html, trim_text
from helpdesk.markup.html_text import to_text

pytestmark = needs_corpora

TALON = CORPORA / "quotes" / "talon"
NO_HISTORY_BELOW = {"thunderbird.eml": "On 04/02/2012 06:26 PM, Megan One wrote:\n> Hi \nHello"}


@pytest.mark.parametrize("name", sorted(path.name for path in (TALON / "standard_replies").glob("*.eml")))
def test_text_replies(name: str) -> None:
    mail = parse((TALON / "standard_replies" / name).read_bytes())
    shown = trim_text(mail.text)
    if name in NO_HISTORY_BELOW:
        assert shown is None
    else:
        assert shown is not None and shown.split() == ["Hello"]


@pytest.mark.parametrize("name", sorted(path.name for path in (TALON / "html_replies").glob("*.html")))
def test_html_replies(name: str) -> None:
    shown = trim_html((TALON / "html_replies" / name).read_text(errors="replace"))
    assert shown is not None and to_text(shown).split() == ["Hi.", "I", "am", "fine.", "Thanks,", "Alex"]


@pytest.mark.parametrize(
    ("name", "words"), [("OLK_SRC_BODY_SECTION.html", "Reply"), ("reply-separated-by-hr.html", "Hi there Bob")]
)
def test_html_with_marks_of_its_own(name: str, words: str) -> None:
    shown = trim_html((TALON / name).read_text())
    assert shown is not None and " ".join(to_text(shown).split()) == words


def test_signatures_are_not_taken_for_quotes() -> None:
    """Score over mails with a signature: the talon collection says what is left without it; we keep all of it."""
    kept = total = 0
    for body in sorted((TALON / "signature" / "emails" / "P").glob("*_body")):
        text = parse(b"From: a@b.test\n\n" + body.read_bytes()).text
        shown = trim_text(text)
        total += 1
        kept += shown is None or bool(shown.strip())
    assert kept == total > 0
