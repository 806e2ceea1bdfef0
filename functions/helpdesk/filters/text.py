"""The text form: `category:open tag:vip -tag:spam priority:>=high created:>-7d "charger stops"`.

Terms side by side all hold; `or` between them needs one; `-` before a term or parenthesis is its opposite.
"""

from __future__ import annotations

import re

from helpdesk.filters.conditions import EVERYTHING, All, Any_, Condition, Not, Term, Value, all_of, any_of, negation
from helpdesk.filters.fields import Find, field_of
from helpdesk.filters.folding import words_of
from helpdesk.filters.lexing import Token, tokens_of
from helpdesk.filters.rule_fields import rule_field_of
from helpdesk.filters.terms import MOST_NESTING, Fault, bounded, invalid, term_of, too_deep

MOST_TEXT = 4000
OPERATORS = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt", "&": "all", "=": "is", "~": "contains"}
_SIGN_OF = {op: sign for sign, op in OPERATORS.items()}
_BARE = re.compile(r"[^\s\"(),><=&~:-][^\s\"(),:]*")


def parse(text: str, pointer: str = "/filter", find: Find = field_of) -> Condition:
    """The condition in a text; an empty text is everything; `find` says which fields there are.

    Raises
    ------
    Invalid
        `bad_filter`, whose pointer ends in `#` and the offset of the character at fault.
    """
    if len(text) > MOST_TEXT:
        raise invalid(pointer, "too_long", f"a filter has at most {MOST_TEXT} characters")
    reader = _Reader(tokens_of(text, pointer), pointer, find)
    condition = reader.alternatives(0)
    if reader.token:
        raise reader.fault(reader.token, "unbalanced", "a ) without its (")
    return bounded(condition, pointer)


def to_text(condition: Condition) -> str:
    """The text of a condition; `parse` gives the condition back."""
    match condition:
        case Term():
            return _term_text(condition)
        case Not(part):
            return f"-{_enclosed(part, (All, Any_))}"
        case All(parts):
            return " ".join(_enclosed(part, (Any_,)) for part in parts)
        case Any_(parts):
            return " or ".join(_enclosed(part, (All,)) for part in parts)


class _Reader:
    """Recursive descent: alternatives of sequences of terms."""

    def __init__(self, tokens: list[Token], pointer: str, find: Find) -> None:
        self.tokens, self.place, self.pointer, self.find = tokens, 0, pointer, find

    @property
    def token(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def alternatives(self, depth: int) -> Condition:
        found = [self.sequence(depth)]
        while self.token and self.token.kind == "or":
            asked = self.token
            self.place += 1
            found.append(self.sequence(depth))
            if EVERYTHING in found[-2:]:
                raise self.fault(asked, "dangling_or", "or stands between two conditions")
        return any_of(found)

    def sequence(self, depth: int) -> Condition:
        found: list[Condition] = []
        while self.token and self.token.kind not in ("or", "close"):
            found.append(self.one(self.token, depth))
        return all_of(found)

    def one(self, token: Token, depth: int) -> Condition:
        self.place += 1
        if depth > MOST_NESTING:
            raise too_deep(f"{self.pointer}#{token.offset}")
        if token.kind == "minus":
            if not self.token or self.token.kind in ("or", "close"):
                raise self.fault(token, "dangling_minus", "- stands before a condition")
            part = self.one(self.token, depth + 1)
            if part == EVERYTHING:
                raise self.fault(token, "dangling_minus", "the opposite of everything is nothing")
            return negation(part)
        if token.kind == "open":
            return self.group(token, depth + 1)
        return self.term(token)

    def group(self, opened: Token, depth: int) -> Condition:
        part = self.alternatives(depth)
        if not self.token:
            raise self.fault(opened, "unbalanced", "a ( without its )")
        self.place += 1
        return part

    def term(self, token: Token) -> Condition:
        if token.name is None:
            return Term("text", "matches", token.values[0].strip()) if words_of(token.values[0]) else EVERYTHING
        field = self.find(token.name)
        op = OPERATORS.get(token.sign) if token.sign else None
        values: str | list[str] | None = list(token.values) if len(token.values) > 1 or op == "all" else token.values[0]
        bare = values if isinstance(values, str) and not token.quoted else ""
        try:
            if field and bare == "none" and "none" in field.ops and not op:
                return term_of(field.name, "none", None, self.find)
            if field and bare == "any" and "none" in field.ops and not op:
                return negation(term_of(field.name, "none", None, self.find))
            return term_of(token.name, op, values, self.find)
        except Fault as fault:
            raise self.fault(token, fault.code, fault.message) from None

    def fault(self, token: Token, code: str, message: str) -> Exception:
        return invalid(f"{self.pointer}#{token.offset}", code, f"{message} (at character {token.offset + 1})")


def _term_text(term: Term) -> str:
    field = rule_field_of(term.field)
    assert field is not None  # noqa: S101 - a Term names a field of the table
    if field.name == "text":
        return _quoted(str(term.value)) if re.search(r"[^\w]", str(term.value)) else _word(str(term.value))
    if term.op == "none":
        return f"{field.short}:none"
    usual = "in" if isinstance(term.value, tuple) else field.ops[0]
    sign = "" if term.op == usual else _SIGN_OF[term.op]
    return f"{field.short}:{sign}{_values_text(term.value)}"


def _values_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(_value_text(one) for one in value)
    return _value_text(str(value))


def _value_text(value: str) -> str:
    relative = re.fullmatch(r"[+-]\d{1,3}[a-z]{1,3}", value)
    plain = relative or (_BARE.fullmatch(value) and value not in ("none", "any"))
    return value if plain else _quoted(value)


def _word(value: str) -> str:
    return _quoted(value) if value.lower() in ("or", "and") else value


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _enclosed(part: Condition, kinds: tuple[type, ...]) -> str:
    return f"({to_text(part)})" if isinstance(part, kinds) else to_text(part)
