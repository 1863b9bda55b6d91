"""Pictures of screens, exact to the colour of each cell; `pictures.py` draws them again.

They are kept as text, so that a diff shows which rows have changed.
"""

from __future__ import annotations

import os
import re
from html import unescape
from importlib.metadata import version
from pathlib import Path
from string import ascii_letters, digits
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple
from unittest.mock import patch

from textual.widgets import Input, TextArea

from support.drivers.new_databases import with_example
from support.drivers.workbench import AT, driving
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "tests" / "golden" / "screens"
CONSTRAINTS: Final = ROOT / ".ci" / "constraints.txt"
DRAWN_BY: Final = ("textual", "rich", "pygments")
"""The libraries that decide which colour a cell has."""


class Shown(NamedTuple):
    """A screen, and the keys that lead to it from the opened example."""

    keys: tuple[str, ...]
    size: tuple[int, int] = (120, 40)
    theme: str = "argmap-dark"
    is_ascii: bool = False
    has_colours: bool = True


SCREENS: Final[Mapping[str, Shown]] = {
    "attribution": Shown(("2", *"jjjjj", "w")),
    "boxes": Shown(("2", *"jjj", "m")),
    "details": Shown(("2", *"jjjjj", "3", "j")),
    "export": Shown(("X",)),
    "findings": Shown(("2", "F")),
    "heat-map": Shown(("M", *"jjjl"), size=(120, 34)),
    "help": Shown(("2", "question_mark")),
    "library": Shown(("O",)),
    "narrow-ascii": Shown(("2", *"jjjjj"), size=(80, 24), is_ascii=True),
    "no-colours": Shown(("2", *"jjjjj"), has_colours=False),
    "origins": Shown(("2", *"jjjjj", "P")),
    "rating": Shown(("2", *"jjjjj", "R", *"kkkkkkkkk"), size=(120, 34)),
    "sources": Shown(("2", *"jjjjj", "S")),
    "tour-light": Shown(("f4",), theme="argmap-light"),
    "what-if": Shown(("2", *"jjjjjj", "W")),
    "workbench": Shown(("2", *"jjjjj")),
}

_INK: Final = re.compile(r"\.[\w-]+-(r\d+) \{ ([^}]*?) \}")
_PAPER: Final = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')
_WORDS: Final = re.compile(
    r'<text class="[\w-]+-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<\n]*)</text>'
)
_WIDTH, _HEIGHT = 12.2, 24.4
"""Size of a cell of Textual's picture."""


async def drawn(shown: Shown) -> str:
    """Return the picture of *shown* as SVG, of the example in a separate database."""
    colours = {} if shown.has_colours else {"NO_COLOR": "1"}
    with TemporaryDirectory() as folder, patch.dict(os.environ, colours):
        if shown.has_colours:
            os.environ.pop("NO_COLOR", None)
        path = Path(folder) / "argmap.db"
        config = Config(ascii=shown.is_ascii, theme=shown.theme, folder=Path(folder))
        # The example's own assessor, so that the rating sheet has answers.
        document = with_example(path, AT)
        app = ArgmapApp(path, config=config, document=document, assessor="demo")
        async with driving(path, app=app, size=shown.size, drawn=True) as driver:
            await driver.press(*shown.keys)
            for screen in app.screen_stack:
                if isinstance(screen, WorkbenchScreen):
                    # What comes a moment after the last key; a busy machine would miss it.
                    await screen._show_idle()  # noqa: SLF001  (no other way to wait for it)
            for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
                field.cursor_blink = False
            await driver.settle()
            return app.export_screenshot(title="argmap")


def cells_in(svg: str, size: tuple[int, int]) -> str:
    """Return the rows of the picture *svg*, then a letter for the look of each cell, then the looks.

    A diff of two of them shows what has changed, which a diff of two SVG files does not.
    """
    columns, rows = size
    words = [[" "] * columns for _ in range(rows)]
    inks = [[""] * columns for _ in range(rows)]
    papers = [["none"] * columns for _ in range(rows)]
    for colour, x, y, width in _PAPER.findall(svg):
        first = round(float(x) / _WIDTH)
        for column in range(first, min(columns, first + round(float(width) / _WIDTH))):
            papers[int(float(y) / _HEIGHT)][column] = colour
    looks = dict(_INK.findall(svg))
    for look, x, y, text in _WORDS.findall(svg):
        row, first = int(float(y) / _HEIGHT), round(float(x) / _WIDTH)
        for column, sign in enumerate(unescape(text).replace("\xa0", " "), first):
            words[row][column] = sign
            inks[row][column] = looks[look] if sign != " " else ""
    letters: dict[str, str] = {}
    for row_inks, row_papers in zip(inks, papers, strict=True):
        for ink, paper in zip(row_inks, row_papers, strict=True):
            letters.setdefault(f"{ink} on {paper}".strip(), (ascii_letters + digits)[len(letters)])
    return "\n".join([
        *("".join(row).rstrip() for row in words),
        "",
        *(
            "".join(letters[f"{ink} on {paper}".strip()] for ink, paper in zip(*row, strict=True))
            for row in zip(inks, papers, strict=True)
        ),
        "",
        *(f"{letter}  {look}" for look, letter in letters.items()),
        "",
    ])  # fmt: skip


def reason_to_skip(constraints: str, installed: Callable[[str], str] = version) -> str:
    """Return why exact pictures cannot be compared; empty if they can.

    Another version of a library in `DRAWN_BY` than *constraints* name may draw other colours.
    """
    pinned = dict(
        line.lower().split("==")
        for line in constraints.splitlines()
        if re.match(r"[\w.-]+==", line)
    )
    others = [
        f"{name} {installed(name)} and not {pinned.get(name)}"
        for name in DRAWN_BY
        if installed(name) != pinned.get(name)
    ]
    return f"the pictures were drawn with other libraries: {', '.join(others)}" if others else ""
