"""Docstrings are plain English: a check for the mistakes that a machine can find."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("argmap", "store", "tui")
WHAT: Final = re.compile(r"\b(what|whatever)\b(?!-if| falls)", re.IGNORECASE)
ODD: Final = re.compile(
    r"\b(is told|are told|tells? of|stands? (for|in|on|at|there|beside)|brings?|comes? to|leans? on"
    r"|anew|at hand|reckon\w*|held (by|back)|lands|landed|the rest)\b|^Tell ",
    re.IGNORECASE | re.MULTILINE,
)
"""Words in senses that a reader has to guess."""
SENTENCE: Final = re.compile(r"^(argmap|[\"“`*(A-Z0-9…]).*[.:!?)…`]$", re.DOTALL)


def docstrings(package: str) -> Iterator[tuple[str, str]]:
    """Yield every docstring of *package* with its place: of modules, classes, functions, fields."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                words = node.value.value
                if isinstance(words, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", words


@pytest.mark.parametrize("package", PACKAGES)
def test_first_lines_start_with_a_noun_or_verb_and_have_no_what_clause(package: str) -> None:
    firsts = [(place, words.strip().split("\n")[0]) for place, words in docstrings(package)]
    asking = [f"{place}: {line}" for place, line in firsts if WHAT.search(line)]
    assert len(asking) < 0.02 * len(firsts), asking


@pytest.mark.parametrize("package", PACKAGES)
def test_no_word_has_a_sense_that_it_does_not_have_in_english(package: str) -> None:
    assert [f"{place}: {m[0]}" for place, words in docstrings(package)
            for m in [ODD.search(words)] if m] == []  # fmt: skip


@pytest.mark.parametrize("package", PACKAGES)
def test_a_docstring_is_a_sentence_with_a_capital_and_a_full_stop(package: str) -> None:
    firsts = [(place, words.strip().split("\n\n")[0]) for place, words in docstrings(package)]
    assert [f"{place}: {line}" for place, line in firsts if not SENTENCE.match(line)] == []


def test_a_public_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("slip", ["What is told.", "Reject what lands.", "Tell whether it is."])
def test_a_slip_would_be_found(slip: str) -> None:
    assert WHAT.search(slip.split("\n", maxsplit=1)[0]) or ODD.search(slip)
