"""Markdown in the words of 0.1.0, which every later version reads.

`golden/words-0.1.0` has two maps as 0.1.0 wrote them, as Markdown and as JSON Lines. Between
them, they use every part, group and key that 0.1.0 could write. Never regenerate these files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.strategies.markdown_formatter import CHANGES
from test_argmap_exports_markdown_round_trips import GOLDEN, exported, import_content

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = GOLDEN / "words-0.1.0"
NAMES = ["last-boat-home", "kestle-weir"]


def markdown(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def json_lines(name: str) -> str:
    return (FOLDER / f"{name}.jsonl").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_0_1_0_are_read_as_the_same_map(name: str, tmp_path: Path) -> None:
    assert not import_content(tmp_path / "a.db", markdown(name).encode(), "markdown").rejected
    assert exported(tmp_path / "a.db", "jsonl") == json_lines(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_0_1_0_change_nothing_in_the_map_that_they_describe(
    name: str, tmp_path: Path
) -> None:
    import_content(tmp_path / "a.db", json_lines(name).encode())
    account = import_content(tmp_path / "a.db", markdown(name).encode(), "markdown")
    assert (account.operation, account.rejected) == (None, [])


@pytest.mark.parametrize("change", CHANGES)
def test_the_words_of_0_1_0_are_read_after_a_formatter_saved_the_file(
    change: str, tmp_path: Path
) -> None:
    for name in NAMES:
        path = tmp_path / f"{name}.db"
        saved = CHANGES[change](markdown(name))
        assert not import_content(path, saved.encode(), "markdown").rejected
        assert exported(path, "jsonl") == json_lines(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_map_in_the_words_of_0_1_0_can_be_rewritten_in_todays_words(
    name: str, tmp_path: Path
) -> None:
    import_content(tmp_path / "a.db", markdown(name).encode(), "markdown")
    import_content(tmp_path / "b.db", exported(tmp_path / "a.db").encode(), "markdown")
    assert exported(tmp_path / "b.db", "jsonl") == json_lines(name)
