"""The kept pictures show the screens as they are; `support/pictures.py` draws them."""

from __future__ import annotations

from difflib import unified_diff
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from support import screens
from support.pictures import FOLDER, IN_README, words_in
from support.screens import CONSTRAINTS, DRAWN_BY, SCREENS, cells_in, drawn, reason_to_skip

if TYPE_CHECKING:
    from pathlib import Path

# The pictures of the README: their words, whatever draws them


@pytest.mark.parametrize("name", IN_README)
async def test_a_picture_shows_what_the_screen_shows(name: str) -> None:
    kept = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert words_in(kept) == words_in(await drawn(IN_README[name]))
    assert len(words_in(kept)) > 20


def test_no_other_pictures_are_kept() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == IN_README.keys()
    assert {path.stem for path in screens.FOLDER.iterdir()} == SCREENS.keys()


def test_the_words_of_a_picture_are_read_line_by_line() -> None:
    svg = '<text class="a" x="0" y="20" clip="b">two&#160;words</text><text x="0" y="4.5">up</text>'
    assert words_in(svg) == ["up", "two words"]


# The pictures of screens: each cell and its colours


@pytest.mark.skipif(
    bool(reason_to_skip(CONSTRAINTS.read_text("utf-8"))),
    reason=reason_to_skip(CONSTRAINTS.read_text("utf-8")),
)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_in_its_picture(name: str, tmp_path: Path) -> None:
    kept = (screens.FOLDER / f"{name}.txt").read_text("utf-8")
    svg = await drawn(SCREENS[name])
    cells = cells_in(svg, SCREENS[name].size)
    if cells != kept:
        new = tmp_path / f"{name}.svg"
        new.write_text(svg, "utf-8")
        changes = "\n".join(unified_diff(kept.split("\n"), cells.split("\n"), lineterm="", n=1))
        pytest.fail(
            f"the screen has changed; see {new}. If it should,"
            f" run python tests/support/pictures.py\n{changes}",
            pytrace=False,
        )


def test_a_terminal_that_has_only_ascii_gets_nothing_else() -> None:
    assert (screens.FOLDER / "narrow-ascii.txt").read_text("utf-8").isascii()


def test_cells_have_their_words_and_looks() -> None:
    svg = (
        ".terminal-7-r1 { fill: #aaa;font-weight: bold }\n.terminal-7-r2 { fill: #bbb }\n"
        '<rect fill="#000" x="0" y="1.5" width="36.6" height="24.65"/>'
        '<rect fill="#111" x="0" y="25.9" width="24.4" height="24.65"/>'
        '<text class="terminal-7-r1" x="0" y="20" textLength="12.2">a&#160;</text>'
        '<text class="terminal-7-r2" x="24.4" y="20" textLength="12.2">&amp;</text>'
        '<text class="terminal-7-r2" x="36.6" y="20" textLength="12.2">\n</text>'
        '<text class="terminal-7-r1" x="12.2" y="44.4" textLength="12.2">b</text>'
    )
    looks = "a  fill: #aaa;font-weight: bold on #000\nb  on #000\nc  fill: #bbb on #000\n"
    more = "d  on #111\ne  fill: #aaa;font-weight: bold on #111\nf  on none\n"
    assert cells_in(svg, (3, 2)) == f"a &\n b\n\nabc\ndef\n\n{looks}{more}"


def test_pictures_are_compared_only_with_the_libraries_that_drew_them() -> None:
    pinned = "# Why\nattrs==1\nPygments==2.1\nrich==15.0\ntextual==8.2\n"
    same = {"textual": "8.2", "rich": "15.0", "pygments": "2.1"}
    assert reason_to_skip(pinned, same.__getitem__) == ""
    newer = {**same, "rich": "15.1"}
    assert reason_to_skip(pinned, newer.__getitem__).endswith("libraries: rich 15.1 and not 15.0")
    assert "textual 8.2 and not None" in reason_to_skip("", same.__getitem__)


def test_the_libraries_that_draw_are_installed_and_pinned() -> None:
    pinned = CONSTRAINTS.read_text("utf-8").lower()
    for name in DRAWN_BY:
        assert version(name)
        assert f"\n{name}==" in pinned
