"""The list of keys, for `argmap help keys` and `argmap open --keys`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.look.key_names import key_name

from .registry import TITLES, actions

if TYPE_CHECKING:
    from collections.abc import Iterator


def key_table() -> str:
    """Return Markdown: a table of keys and titles for each context."""
    parts = []
    for context, title in TITLES.items():
        rows = [
            f"| {' '.join(_code(key_name(key)) for key in a.keys.split(','))} | {a.title} |"
            for a in actions().values()
            if a.context == context
        ]
        parts.append("\n".join([f"### {title}", "", "| key | action |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def key_lines() -> Iterator[str]:
    """Yield one line for each action: its id, keys and title."""
    width = max(map(len, actions()))
    for action in actions().values():
        yield f"{action.id:{width}}  {action.keys}  {action.title}"


def _code(key: str) -> str:
    return f"`{key}`"
