"""Keys have the names that people know from their keyboards."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from tui.look.key_names import is_typed, key_name
from tui.shell.keys.registry import actions

KEYS = sorted({key for action in actions().values() for key in action.keys.split(",")})


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("j", "j"),
        ("J", "J"),
        ("f1", "f1"),
        ("ctrl+d", "^d"),
        ("ctrl+up", "^↑"),
        ("shift+left", "shift+←"),
        ("ctrl+shift+down", "ctrl+shift+↓"),
        ("alt+question_mark", "alt+?"),
        ("question_mark", "?"),
        ("escape", "esc"),
        ("enter", "enter"),
    ],
)
def test_a_key_is_named_as_people_read_it(key: str, name: str) -> None:
    assert key_name(key) == name


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_an_action_has_a_name_without_textuals_words(key: str) -> None:
    name = key_name(key)
    assert name
    assert "_" not in name
    assert len(name.split("+")[-1]) <= 5


@pytest.mark.parametrize("character", "*+#!/?.,[]{}()><~-=")
def test_a_sign_is_named_by_itself(character: str) -> None:
    assert key_name(_character_to_key(character)) == character


def test_no_two_keys_of_actions_have_one_name() -> None:
    assert len({key_name(key) for key in KEYS}) == len(KEYS)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("a", True), ("question_mark", True), ("space", True), ("7", True), ("ctrl+a", False),
        ("down", False), ("backspace", False), ("f1", False), ("escape", False), ("enter", False),
    ],
)  # fmt: skip
def test_keys_that_type_a_character_are_distinguished_from_others(key: str, *, typed: bool) -> None:
    assert is_typed(key) == typed
