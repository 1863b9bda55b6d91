"""The pictures of the README show the screens as they are; `support/pictures.py` draws them."""

from __future__ import annotations

import pytest
from support.pictures import FOLDER, KEYS, drawn, words_in


@pytest.mark.parametrize("name", KEYS)
async def test_a_picture_shows_what_the_screen_shows(name: str) -> None:
    kept = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert words_in(kept) == words_in(await drawn(name))
    assert len(words_in(kept)) > 20


def test_no_other_pictures_are_kept() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == KEYS.keys()


def test_the_words_of_a_picture_are_read_line_by_line() -> None:
    svg = '<text class="a" x="0" y="20" clip="b">two&#160;words</text><text x="0" y="4.5">up</text>'
    assert words_in(svg) == ["up", "two words"]
