"""The generated parts of the help pages; `python tests/support/help_pages.py` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from argmap.formats.registry import export_formats, import_formats, text_formats
from argmap.rubrics.catalogue import shipped_rubrics
from tui.shell.keys.key_reference import key_table
from tui.shell.keys.legend import LEGEND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.model.rubric import Criterion, Rubric

FOLDER: Final = Path(__file__).parents[2] / "argmap" / "help"
PART: Final = re.compile(r"(?<=<!-- generated: )(\w+) -->\n(.*?)(?=<!-- end -->)", re.DOTALL)
"""The name of a generated part, and its lines."""


def formats() -> str:
    """Return a table of every format, and of the commands that read and write it."""
    titles = {name: f.title for name, f in import_formats().items()}
    titles |= {name: f.title for name, f in export_formats().items()}
    rows = [
        f"| {titles[name]} | `{name}` | {'yes' if name in import_formats() else ''} "
        f"| {_how_exported(name)} |"
        for name in sorted(titles)
    ]
    texts = [f"| {f.title} | {', '.join(f'`{s}`' for s in f.suffixes)} |"
             for f in text_formats().values()]  # fmt: skip
    return "\n".join([
        "| maps and records | name | `argmap import` | `argmap export` |", "|---|---|---|---|", *rows,
        "", "| texts | names that end in |", "|---|---|",
        "| Plain text, Markdown | any name |", *texts,
    ])  # fmt: skip


def _how_exported(name: str) -> str:
    format_ = export_formats().get(name)
    if format_ is None:
        return ""
    return "yes" if format_.leaves_out is None else "yes, but not everything"


def rubrics() -> str:
    """Return the newest version of every rubric that argmap ships, in words."""
    newest = {rubric.id: rubric for rubric in shipped_rubrics()}
    return "\n".join(line for rubric in newest.values() for line in _rubric(rubric)).strip()


def _rubric(rubric: Rubric) -> Iterator[str]:
    yield from (f"### {rubric.title}", "", f"`{rubric.id}`, version {rubric.version}", "")
    yield from (f"- {line}" for line in rubric.instructions)
    for block in rubric.blocks:
        yield from ("", f"#### {block.title}", "")
        for criterion in block.criteria:
            yield from _criterion(criterion)
        yield from (
            f"- {cap.band} at most, if {cap.criterion} is {cap.at_most} or less"
            for cap in block.caps
        )
    yield ""


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield from (f"**{criterion.title}** (`{criterion.id}`, weight {criterion.weight:g})", "")
    yield from (f"- {level}: {words}" for level, words in enumerate(criterion.levels))
    yield ""


def signs() -> str:
    """Return a table of the signs under each heading of the legend."""
    parts = []
    for heading, meanings in LEGEND.items():
        rows = [f"| {sign} | {words} |" for sign, words in meanings.items()]
        parts.append("\n".join([f"### {heading}", "", "| sign | meaning |", "|---|---|", *rows]))
    return "\n\n".join(parts)


PARTS: Final[dict[str, Callable[[], str]]] = {
    "formats": formats,
    "keys": key_table,
    "rubrics": rubrics,
    "signs": signs,
}
"""The function that makes each part, by its name in the pages."""


def redrawn(page: str) -> str:
    """Return *page* with each generated part made again from the current code."""
    return PART.sub(lambda part: f"{part[1]} -->\n\n{PARTS[part[1]]()}\n\n", page)


if __name__ == "__main__":
    for path in FOLDER.glob("*.md"):
        path.write_text(redrawn(path.read_text("utf-8")), "utf-8")
