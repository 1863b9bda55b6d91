"""The rooms of the code and their dependencies, drawn from the imports.

Run `python tests/support/rooms.py` to draw the picture in CONTRIBUTING.md again.
"""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

ROOT: Final = Path(__file__).resolve().parents[2]
GUIDE: Final = ROOT / ".github" / "CONTRIBUTING.md"
PACKAGES: Final = ("argmap", "store", "tui")
BEGIN: Final = "<!-- rooms -->"
END: Final = "<!-- end of rooms -->"

TITLES: Final = {
    "argmap": "`argmap`: the domain, its formats, and the command line",
    "store": "`store`: maps in one SQLite file",
    "tui": "`tui`: the workbench",
}


def rooms_of(package: str) -> list[str]:
    """Return the folders directly in *package* that contain code, and its single modules."""
    found = []
    for path in (ROOT / package).iterdir():
        is_room = (path / "__init__.py").is_file() or path.suffix == ".py"
        if is_room and not path.name.startswith("__"):
            found.append(f"{package}.{path.stem}")
    return sorted(found)


def arrows_of(package: str) -> dict[str, set[str]]:
    """Return the rooms that each room of *package* imports, including imports for types alone."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    rooms = rooms_of(package)
    for room in rooms:
        if (ROOT / Path(*room.split("."))).is_dir():
            graph.squash_module(room)
    return {
        room: graph.find_modules_directly_imported_by(room) & set(rooms) - {room} for room in rooms
    }


def reached(arrows: Mapping[str, AbstractSet[str]], start: str) -> set[str]:
    """Return every room that *start* imports, directly or through others."""
    found: set[str] = set()
    waiting = list(arrows[start])
    while waiting:
        room = waiting.pop()
        if room not in found:
            found.add(room)
            waiting.extend(arrows[room])
    return found


def without_implied(arrows: Mapping[str, AbstractSet[str]]) -> Iterator[tuple[str, str]]:
    """Yield the arrows that do not follow from others.

    Raises:
        ValueError: two rooms import each other, so that no arrow can be left out.
    """
    below = {room: reached(arrows, room) for room in arrows}
    if rings := [room for room in arrows if room in below[room]]:
        message = f"these rooms know each other: {', '.join(rings)}"
        raise ValueError(message)
    for one, other in product(sorted(arrows), sorted(arrows)):
        if other in arrows[one] and not any(other in below[middle] for middle in arrows[one]):
            yield one, other


def first_sentence(room: str) -> str:
    """Return the first sentence of the docstring of *room*, on one line."""
    path = ROOT / Path(*room.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    words = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return " ".join(words.split("\n\n")[0].split())


def picture_of(package: str) -> Iterator[str]:
    """Yield the lines of a drawing of *package* and of the table of its rooms."""
    arrows = arrows_of(package)
    yield f"### {TITLES[package]}\n"
    yield "```mermaid\nflowchart TD"
    for room in arrows:
        yield f'    {short(room)}_["{short(room)}"]'
    for one, other in without_implied(arrows):
        yield f"    {short(one)}_ --> {short(other)}_"
    yield "```\n"
    yield "| room | what is in it |\n|---|---|"
    for room in arrows:
        yield f"| `{short(room)}` | {first_sentence(room)} |"
    yield ""


def short(room: str) -> str:
    """Return the name of *room* within its package."""
    return room.split(".", 1)[1]


def picture() -> str:
    """Return the text for between the two marks of CONTRIBUTING.md."""
    return "\n".join(line for package in PACKAGES for line in picture_of(package))


def drawn() -> str:
    """Return the current text between the marks."""
    text = GUIDE.read_text("utf-8")
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip("\n")


def draw() -> None:
    """Write the picture into CONTRIBUTING.md."""
    text = GUIDE.read_text("utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    GUIDE.write_text(f"{text[:start]}\n\n{picture()}\n{text[end:]}", "utf-8")


if __name__ == "__main__":
    draw()
