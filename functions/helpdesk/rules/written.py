"""A rule as text for review: always the same text for the same rule, each part on its own line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.core.items import Item


def written(row: Item, when: str) -> str:
    """The whole rule, with its condition in the form that `when` takes."""
    lines = [f'rule "{row["name"]}"{"" if row["enabled"] else " (off)"}', f"on {', '.join(sorted(row['on']))}"]
    lines += [f"when {when or 'always'}", "then", *(f"  {_action(one)}" for one in row["then"])]
    lines += [f"clock {row['zone']}"] if row["zone"] != "UTC" else []
    return "\n".join([*lines, "stop"] if row["stop"] else lines)


def _action(action: Mapping[str, Any]) -> str:
    match action["type"]:
        case "set_field":
            return f"set fields.{action['field_id']} {_value(action.get('value'))}"
        case "add_tags" | "remove_tags" as type_:
            return f"{type_.replace('_', ' ')} {', '.join(action['tags'])}"
        case "reply" | "note" as type_:
            return f"{type_} {_words(action)}"
        case "macro" | "webhook" as type_:
            return f"{type_} {action[f'{type_}_id']}"
        case "notify":
            return f"notify {action['to']}"
        case "link":
            return f"link {action['kind'].replace('_', ' ')} {_linked(action)}"
        case "side_conversation":
            return f'side conversation with {", ".join(action["to"])} about "{action["subject"]}" {_words(action)}'
    return f"{action['type'].replace('_', ' ')} {_value(action.get('value'))}"


def _linked(action: Mapping[str, Any]) -> str:
    if action.get("ticket"):
        return f"ticket {action['ticket']}"
    find = action["find"]
    wanted = [f"same {name}" for name in sorted(find.get("same") or ())]
    wanted += [f"{name} {find[name]}" for name in ("tag", "type") if find.get(name)]
    return f"the open ticket with {', '.join(wanted)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _words(action: Mapping[str, Any]) -> str:
    return f"template {action['template_id']}" if action.get("template_id") else f'"{action["body_html"]}"'
