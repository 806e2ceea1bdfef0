"""The mails that we write ourselves, and what their templates may say: a closed list (issue 4, point 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpdesk.markup.both import Both

_ORG = ("org", "the organisation's name", "Acme")
_NAME = ("name", "the customer's name, where it is known", "Carla Customer")
_NUMBER = ("number", "the ticket's number", 1001)
_SUBJECT = ("subject", "the subject of the mail that is answered", "The charger stops")
_BODY = Both("Please try version 4.8.0.\n", "<p>Please try version 4.8.0.</p>")
_SIGNATURE = Both("Sam\nAcme support", "<p>Sam<br>Acme support</p>")
_QUOTE = Both(
    "On 20 November 2026, Carla Customer wrote:\n\n> It stops after three minutes.",
    "<p>On 20 November 2026, Carla Customer wrote:</p>"
    '<blockquote type="cite">It stops after three minutes.</blockquote>',
)


@dataclass(frozen=True)
class Variable:
    """What a template may name: `sample` is its value in a preview."""

    name: str
    meaning: str
    sample: Any


@dataclass(frozen=True)
class TemplateKind:
    """One kind of mail; `needs` must stand in its text and HTML, `automatic` is its Auto-Submitted (RFC 3834)."""

    name: str
    variables: tuple[Variable, ...]
    needs: tuple[str, ...] = ()
    automatic: str = ""
    subject: bool = False  # it has one of its own, because it answers nothing


def _kind(name: str, *variables: tuple[str, str, Any], **more: Any) -> TemplateKind:
    return TemplateKind(name, tuple(Variable(*one) for one in variables), **more)


KINDS = {
    kind.name: kind
    for kind in (
        _kind(
            "reply",
            ("body", "what the agent wrote", _BODY),
            ("signature", "his signature and the mailbox's", _SIGNATURE),
            ("quote", "the customer's message that is answered", _QUOTE),
            ("agent", "the agent's name", "Sam Agent"),
            *(_ORG, _NAME, _NUMBER),
            needs=("body",),
        ),
        _kind("acknowledgement", _ORG, _NAME, _NUMBER, _SUBJECT, automatic="auto-replied"),
        _kind("too_large", _ORG, _NAME, _SUBJECT, ("limit", "the largest size", "40 MB"), automatic="auto-replied"),
        _kind("undeliverable", _ORG, _NAME, _SUBJECT, automatic="auto-replied"),
        _kind(
            "sign_in_link",
            _ORG,
            ("link", "the link that signs in", "https://desk.example/portal/#/sign-in/example"),
            ("minutes", "how long it works", 15),
            needs=("link",),
            automatic="auto-generated",
            subject=True,
        ),
    )
}
