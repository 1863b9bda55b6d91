"""Names of keys in `config.toml`, and the same keys as Textual names them."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

_MODIFIERS: Final = {
    "ctrl": "ctrl", "control": "ctrl", "ctl": "ctrl", "strg": "ctrl", "c": "ctrl",
    "alt": "alt", "option": "alt", "opt": "alt", "m": "alt",
    "shift": "shift", "s": "shift", "umschalt": "shift",
    "super": "super", "cmd": "super", "command": "super", "win": "super", "windows": "super",
    "hyper": "hyper", "meta": "meta",
}  # fmt: skip
"""Textual's name of each modifier that people write; single letters as in `C-x`."""

_ALIASES: Final = {
    "esc": "escape", "return": "enter", "ret": "enter", "cr": "enter", "entf": "delete",
    "del": "delete", "ins": "insert", "einfg": "insert", "pos1": "home", "ende": "end",
    "pgup": "pageup", "page_up": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "page_down": "pagedown", "bs": "backspace", "bksp": "backspace", "back_space": "backspace",
    "⌫": "backspace", "spacebar": "space", "space_bar": "space", "spc": "space",
    "↑": "up", "↓": "down", "←": "left", "→": "right", "arrow_up": "up", "arrow_down": "down",
    "arrow_left": "left", "arrow_right": "right", "up_arrow": "up", "down_arrow": "down",
    "left_arrow": "left", "right_arrow": "right", "arrowup": "up", "arrowdown": "down",
    "arrowleft": "left", "arrowright": "right", "uparrow": "up", "downarrow": "down",
    "leftarrow": "left", "rightarrow": "right", "backtab": "shift+tab", "shift_tab": "shift+tab",
    "hyphen": "minus", "dash": "minus", "dot": "full_stop", "period": "full_stop",
    "equal": "equals_sign", "equals": "equals_sign", "question": "question_mark",
    "exclamation": "exclamation_mark", "hash": "number_sign", "star": "asterisk",
    "percent": "percent_sign", "dollar": "dollar_sign", "caret": "circumflex_accent",
    "pipe": "vertical_line", "bar": "vertical_line", "backtick": "grave_accent",
    "backquote": "grave_accent", "quote": "apostrophe", "double_quote": "quotation_mark",
    "less": "less_than_sign", "greater": "greater_than_sign", "forward_slash": "slash",
}  # fmt: skip
"""Textual's name of each key, by the names that people and other programs use."""

_RARE_KEYS: Final = frozenset({
    "add", "caps_lock", "decimal", "divide", "equal", "f25",
    "f26", "f27", "f28", "f29", "f30", "f31",
    "f32", "f33", "f34", "f35", "iso_level3_shift", "iso_level5_shift",
    "kp_begin", "left_alt", "left_control", "left_hyper", "left_meta", "left_shift",
    "left_super", "lower_volume", "media_fast_forward", "media_pause", "media_play",
    "media_play_pause", "media_record", "media_reverse", "media_rewind", "media_stop",
    "media_track_next", "media_track_previous",
    "menu", "multiply", "mute_volume", "num_lock", "pause", "print_screen",
    "raise_volume", "right_alt", "right_control", "right_hyper", "right_meta", "right_shift",
    "right_super", "scroll_lock", "separator", "subtract",
})  # fmt: skip
"""Keys that some terminals send, and that Textual's `Keys` does not list."""

_LAST_PLAIN: Final = 0x2FFF
"""The last character whose Unicode name may be the name of a key."""


def key_from_name(name: str) -> str | None:
    """Return Textual's name of the key that people call *name*; None for no key.

    *name* is a character, or a word in any case, after modifiers such as `ctrl+`.
    """
    if name == Keys.ControlAt.value:  # `ctrl+@`, the only name with a sign in it
        return name
    *pressed, last = _parts(name)
    modifiers = {_MODIFIERS.get(modifier.casefold()) for modifier in pressed}
    key = _base(last)
    if key is None or None in modifiers:
        return None
    if "+" in key:  # an alias with a modifier, such as `shift+tab`
        modifiers.add(key.partition("+")[0])
        key = key.partition("+")[2]
    if modifiers == {"shift"} and len(key) == 1 and key.isalpha():
        # Without another modifier, a terminal sends the capital letter.
        return key.upper() if len(key.upper()) == 1 else None
    if modifiers == {"shift"} and (len(key) == 1 or key in _characters()):
        return None  # the terminal sends another sign, depending on the keyboard layout
    if modifiers:
        key = key.lower()
    return "+".join([*sorted(filter(None, modifiers)), key])


def nearest_key(name: str) -> str | None:
    """Return the key whose name is most similar to *name*; None if none is similar."""
    from rapidfuzz import fuzz, process, utils

    *modifiers, last = _parts(name)
    if len(last) == 1:
        return _base(last) if last not in "0123456789" else None
    known = {key: key for key in _words()} | _ALIASES
    match = process.extractOne(
        last, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    if match is None:
        return None
    return key_from_name(
        "+".join([*(modifier for modifier in modifiers if modifier), known[match[0]]])
    )


def _parts(name: str) -> list[str]:
    """Return the modifiers and, last, the key of *name*."""
    if len(name) > 1 and name.startswith("^"):
        return ["ctrl", name[1:]]
    for sign in "+-":
        *modifiers, last = name.split(sign)
        if modifiers and not last and modifiers[-1] == "":  # such as `ctrl++`
            modifiers, last = modifiers[:-1], sign
        if modifiers and all(modifier.casefold() in _MODIFIERS for modifier in modifiers):
            return [*modifiers, last]
    return [name]


def _base(name: str) -> str | None:
    """Return the key called *name*, which has no modifiers."""
    if len(name) == 1:
        if name in _ALIASES:
            return _ALIASES[name]
        return key_of(name) if name.isprintable() and not name.isspace() else None
    word = "_".join(name.casefold().replace("-", " ").split())
    if word in _ALIASES:
        return _ALIASES[word]
    return word if word in _words() or word in _characters() else None


@cache
def _words() -> frozenset[str]:
    """Return the keys named by a word: those that terminals send, and ASCII signs."""
    named = {key.value for key in Keys if key.value[0] != "<" and "+" not in key.value}
    signs = {key_of(chr(code)) for code in range(0x21, 0x7F)}
    words = {*named, *_RARE_KEYS, *signs} - {"ctrl-at", "return"}
    return frozenset(word for word in words if len(word) > 1)


@cache
def _characters() -> frozenset[str]:
    """Return the keys that type a sign, by the Unicode names of the signs."""
    codes = map(chr, range(0x21, _LAST_PLAIN))
    names = (key_of(c) for c in codes if not c.isalnum() and c.isprintable())
    return frozenset(name for name in names if len(name) > 1)


def key_of(character: str) -> str:
    """Return Textual's name of the key that types *character*.

    Textual has no public function for it.
    """
    name = unicodedata.name(character, "")
    if character.isalnum() or not name:
        return character
    key = name.lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(key, key)
