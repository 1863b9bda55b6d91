"""The pictures of the README, drawn by the program itself; `python tests/support/pictures.py`."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from support.drivers.new_databases import with_example
from support.drivers.workbench import AT, driving
from tui.shell.app import ArgmapApp

FOLDER: Final = Path(__file__).parents[2] / ".github" / "pictures"
SIZE: Final = (120, 34)
KEYS: Final = {
    "workbench": ("2", *"jjjjj"),
    "rating": ("2", *"jjjjj", "R", *"kkkkkkkkk"),
    "heat-map": ("M", *"jjjl"),
}
"""The keys that lead from the opened example to each picture."""
TEXT: Final = re.compile(r"<text [^>]*? y=\"([\d.]+)\"[^>]*>([^<]*)</text>")


async def drawn(name: str) -> str:
    """Return the picture *name* as SVG, of the example in a separate database."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "argmap.db"
        # The example's own assessor, so that the rating sheet has answers.
        app = ArgmapApp(path, document=with_example(path, AT), assessor="demo")
        async with driving(path, app=app, size=SIZE, drawn=True) as driver:
            await driver.press(*KEYS[name])
            return driver.app.export_screenshot(title="argmap")


def words_in(svg: str) -> list[str]:
    """Return the words of each line of *svg*, which do not depend on how Textual draws it."""
    lines: dict[float, list[str]] = defaultdict(list)
    for y, text in TEXT.findall(svg):
        lines[float(y)] += unescape(text).split()
    return [" ".join(lines[y]) for y in sorted(lines)]


def draw() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name in KEYS:
        svg = asyncio.run(drawn(name))
        # An editor would take blanks at the ends of lines away, and a checker complain.
        lines = "\n".join(line.rstrip() for line in svg.splitlines())
        (FOLDER / f"{name}.svg").write_text(f"{lines}\n", "utf-8")


if __name__ == "__main__":
    draw()
