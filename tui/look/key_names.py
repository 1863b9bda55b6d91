"""Names of keys for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES: Final = {
    "asterisk": "*", "plus": "+", "number_sign": "#", "exclamation_mark": "!", "slash": "/",
    "question_mark": "?", "full_stop": ".", "comma": ",", "left_square_bracket": "[",
    "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "left_parenthesis": "(", "right_parenthesis": ")", "greater_than_sign": ">",
    "less_than_sign": "<", "tilde": "~", "minus": "-", "equals_sign": "=", "escape": "esc",
    "pagedown": "pgdn", "pageup": "pgup", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "apostrophe": "'", "delete": "del", "backspace": "⌫", "space": "space", "enter": "enter",
}  # fmt: skip

_NO_CHARACTERS: Final = frozenset({"up", "down", "left", "right", "backspace"})
"""Keys with a one-character name that type nothing."""


def key_name(key: str) -> str:
    """Return Textual's *key* as people write it, such as `^p` or `esc`."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last)
    if modifiers == ["ctrl"]:
        return f"^{name}"
    return "".join(f"{modifier}+" for modifier in modifiers) + name


def with_keys(words: str, key: Callable[[str], str]) -> str:
    """Replace each action id in braces, such as `{map.in}`, by the action's key.

    Args:
        words: The words with the ids.
        key: Returns the key of the action with an id.
    """
    return re.sub(r"\{([\w.-]+)\}", lambda match: key(match[1]), words)


def is_typed(key: str) -> bool:
    """Return whether *key* types a character, as a letter or `question_mark` does."""
    return key == "space" or (len(key_name(key)) == 1 and key not in _NO_CHARACTERS)
