"""What an organisation's template may hold: names of a closed list, conditions and a few filters, and no more.

There is no loop, call, attribute or arithmetic, so its output is bounded by its length and its values', and nothing
in it reaches Python. Jinja's sandbox stands behind that as a second wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.mail.sending import templates
from helpdesk.mail.sending.template_kinds import TemplateKind

if TYPE_CHECKING:
    from jinja2 import nodes

_MOST_NODES = 5_000
_WORDS = ("Template", "Output", "TemplateData", "Name", "Const", "Filter", "Keyword")
_NODES = frozenset((*_WORDS, "If", "CondExpr", "Compare", "Operand", "And", "Or", "Not"))
_FILTERS = frozenset(["default", "d", "upper", "lower", "title", "capitalize", "trim", "escape", "e", "truncate"])
_MOST_TRUNCATED = 1_000


def check(kind: TemplateKind, given: Mapping[str, Any]) -> None:
    """Check those of `subject`, `text` and `html` that are given.

    Raises
    ------
    Invalid
        with a fault at each of them that is not right, its message beginning with the line.
    """
    faults = [fault for name in ("subject", "text", "html") if given.get(name) for fault in _faults(kind, name, given)]
    if given.get("subject") and not kind.subject:
        faults.append(FieldError("/subject", "no_subject", "this mail has the subject of the one that it answers"))
    if faults:
        raise Invalid("this is not a template that can be sent", *faults)


def _faults(kind: TemplateKind, name: str, given: Mapping[str, Any]) -> Iterator[FieldError]:
    found = [(line, code, words) for line, code, words in _problems(kind, name, given[name])]
    for line, code, words in found[:10]:
        yield FieldError(f"/{name}", code, f"line {line}: {words}")


def _problems(kind: TemplateKind, name: str, source: str) -> Iterator[tuple[int, str, str]]:
    from jinja2 import TemplateSyntaxError

    try:
        tree = templates.parsed(source, html=name == "html")
        templates.compiled(source, html=name == "html")
    except TemplateSyntaxError as failure:
        yield failure.lineno, "template_syntax", failure.message or "this cannot be read"
        return
    except (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError):
        yield 1, "template_syntax", "this is nested too deep"
        return
    everything = list(_walk(tree))
    if len(everything) > _MOST_NODES:
        yield 1, "template_too_large", "this has too many parts"
        return
    yield from _foreign(kind, everything)
    used = {node.name for node in everything if type(node).__name__ == "Name"}  # type: ignore[attr-defined]
    for needed in () if name == "subject" else kind.needs:
        if needed not in used:
            yield 1, "missing_variable", f"{{{{ {needed} }}}} has to be in it"


def _foreign(kind: TemplateKind, everything: list[nodes.Node]) -> Iterator[tuple[int, str, str]]:
    known = {variable.name for variable in kind.variables}
    for node in everything:
        what = type(node).__name__
        detail: Any = node
        if what not in _NODES:
            yield node.lineno, "not_allowed", f"{_word(what)} cannot be used in mail templates"
        elif what == "Name" and detail.name not in known:
            yield node.lineno, "unknown_variable", f"there is no {detail.name}; there are {', '.join(sorted(known))}"
        elif what == "Filter" and (fault := _filter_fault(detail)):
            yield node.lineno, "not_allowed", fault


def _filter_fault(node: Any) -> str | None:
    if node.name not in _FILTERS:
        return f"there is no filter {node.name}; there are {', '.join(sorted(_FILTERS))}"
    lengths = [arg.value for arg in (*node.args, *(it.value for it in node.kwargs)) if type(arg).__name__ == "Const"]
    if node.name == "truncate" and any(isinstance(it, int) and it > _MOST_TRUNCATED for it in lengths):
        return f"truncate takes at most {_MOST_TRUNCATED}"
    return None


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one.iter_child_nodes())


def _word(what: str) -> str:
    return {"For": "a loop", "Getattr": "an attribute", "Getitem": "an element", "Call": "a call"}.get(what, what)
