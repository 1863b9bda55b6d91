"""The legend names every sign that is drawn anywhere."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tui
from argmap.analysis import answer_signs, outline
from tui.core import what_if_mode
from tui.look.signs import ASCII, SIGN_OF_KIND, TWIN
from tui.shell.keys.legend import LEGEND
from tui.views import grade_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = set("│├└┌┐┘┤┬┴┼┃┗┛╎║╓╙╟╢╫╭╮╯╰")
"""Lines of boxes and trees, which are not signs."""
WRITING = set("“”‘’…–—·⌫€™‐‧▾")
"""Punctuation, names of keys, and letters of texts."""
TEXTS = {"text_layout.py", "box_words.py", "cues.py"}
"""Modules that only recognise characters of outside text and draw none."""
EXPLAINED = {character for signs in LEGEND.values() for sign in signs for character in sign}
TABLES = [
    *outline.SIGNS.values(),
    *answer_signs.SIGNS.values(),
    answer_signs.IMPLIED,
    *SIGN_OF_KIND.values(),
    TWIN,
    *what_if_mode.SIGNS.values(),
    *grade_cells.NOT_ASSESSED.split(),
]


def drawn_signs() -> Iterator[tuple[str, str]]:
    """Yield every non-ASCII character in a string of a module of the screens."""
    for file in sorted(Path(tui.__file__).parent.rglob("*.py")):
        if file.name in TEXTS:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        docstrings = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in docstrings:
                for character in str(node.value):
                    if not character.isascii():
                        yield file.name, character


@pytest.mark.parametrize("sign", TABLES)
def test_each_sign_of_the_tables_is_in_the_legend(sign: str) -> None:
    assert set(sign) <= EXPLAINED


def test_each_sign_that_a_screen_draws_is_in_the_legend() -> None:
    known = EXPLAINED | LINES | WRITING
    assert {found for found in drawn_signs() if found[1] not in known} == set()


def test_each_sign_of_the_legend_can_be_drawn_in_ascii() -> None:
    assert [c for c in sorted(EXPLAINED) if not c.translate(ASCII).isascii()] == []


def test_no_explanation_is_cut_on_a_small_screen() -> None:
    room = 66  # what a dialog has at 80 columns
    lines = [f"{sign:5} {words}" for signs in LEGEND.values() for sign, words in signs.items()]
    assert [line for line in lines if len(line) > room] == []


def test_each_sign_is_explained_in_words() -> None:
    for heading, signs in LEGEND.items():
        assert heading[0].isupper()
        for words in signs.values():
            assert words[0].islower()
            assert not words.endswith(".")
