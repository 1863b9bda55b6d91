"""Key names in a config file: the usual names, and keys that no terminal sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys

from tui.look.key_names import key_name
from tui.shell.keys.config_keys import key_from_name, nearest_key
from tui.shell.keys.registry import actions

SHIPPED = sorted({key for action in actions().values() for key in action.keys.split(",")})


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("PageDown", "pagedown"), ("page down", "pagedown"), ("PgDn", "pagedown"),
        ("Esc", "escape"), ("Return", "enter"), ("Del", "delete"), ("DOWN", "down"),
        ("Ctrl+X", "ctrl+x"), ("ctrl-x", "ctrl+x"), ("C-x", "ctrl+x"), ("^x", "ctrl+x"),
        ("Control+PgUp", "ctrl+pageup"), ("shift+ctrl+left", "ctrl+shift+left"),
        ("Alt+J", "alt+j"), ("option+j", "alt+j"), ("cmd+k", "super+k"),
        ("j", "j"), ("J", "J"), ("shift+j", "J"), ("Shift+J", "J"), ("shift+é", "É"),
        ("?", "question_mark"), ("-", "minus"), ("+", "plus"), ("ctrl++", "ctrl+plus"),
        ("§", "section_sign"), ("é", "é"), ("F5", "f5"), ("BackTab", "shift+tab"),
        ("period", "full_stop"), ("↓", "down"), ("shift+space", "shift+space"),
    ],
)  # fmt: skip
def test_a_key_is_called_what_people_call_it(name: str, key: str) -> None:
    assert key_from_name(name) == key


@pytest.mark.parametrize(
    "name",
    [
        "PageDwn", "gg", "f36", "fn+j", "ctrl", "shift", "ctrl+shift", "shift+1", "shift+?",
        "shift+ß", "<any>", "\x1b", "\u202e", " ", "", "controll+x", "j k",
    ],
)  # fmt: skip
def test_a_name_that_no_terminal_sends_is_no_key(name: str) -> None:
    assert key_from_name(name) is None


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("PageDwn", "pagedown"), ("ctrl+PageDwn", "ctrl+pagedown"), ("escpe", "escape"),
        ("shift+?", "question_mark"), ("shift+1", None), ("gg", None), ("\x1b", None),
    ],
)  # fmt: skip
def test_the_key_whose_name_is_most_like_it_is_found(name: str, nearest: str | None) -> None:
    assert nearest_key(name) == nearest


def test_every_shipped_key_has_its_own_name_and_that_on_the_screen() -> None:
    assert [key for key in SHIPPED if key_from_name(key) != key] == []
    assert [key for key in SHIPPED if key_from_name(key_name(key)) != key] == []


def test_every_key_that_textual_lists_has_a_name() -> None:
    listed = {key.value for key in Keys if key.value[0] != "<"} - {"return", "ctrl-at"}
    assert {key for key in listed if key_from_name(key) != key} == set()


@given(
    st.text(max_size=12)
    | st.lists(st.sampled_from(["ctrl", "shift", "J", "?", "+", "-", "esc", "ß"])).map("+".join)
)
def test_a_key_that_a_name_means_is_its_own_name(name: str) -> None:
    key = key_from_name(name)
    assert key is None or key_from_name(key) == key
    near = nearest_key(name)
    assert near is None or key_from_name(near) == near
