"""The pictures of the README and those of all screens, drawn by the program itself.

`python tests/support/pictures.py` draws them again.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from support import screens
from support.screens import SCREENS, Shown, cells_in, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parents[2] / ".github" / "pictures"
IN_README: Final[Mapping[str, Shown]] = {
    name: SCREENS[name]._replace(size=(120, 34)) for name in ("workbench", "rating", "heat-map")
}
TEXT: Final = re.compile(r"<text [^>]*? y=\"([\d.]+)\"[^>]*>([^<]*)</text>")


def words_in(svg: str) -> list[str]:
    """Return the words of each line of *svg*, which do not depend on how Textual draws it."""
    lines: dict[float, list[str]] = defaultdict(list)
    for y, text in TEXT.findall(svg):
        lines[float(y)] += unescape(text).split()
    return [" ".join(lines[y]) for y in sorted(lines)]


def draw() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, shown in IN_README.items():
        svg = asyncio.run(drawn(shown))
        # An editor would take blanks at the ends of lines away, and a checker complain.
        lines = "\n".join(line.rstrip() for line in svg.splitlines())
        (FOLDER / f"{name}.svg").write_text(f"{lines}\n", "utf-8")
    screens.FOLDER.mkdir(exist_ok=True)
    for name, shown in SCREENS.items():
        cells = cells_in(asyncio.run(drawn(shown)), shown.size)
        (screens.FOLDER / f"{name}.txt").write_text(cells, "utf-8")


if __name__ == "__main__":
    draw()
