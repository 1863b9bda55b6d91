"""The rows of the library: documents in columns, and search matches across them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from attrs import frozen
from rich.cells import cell_len
from rich.text import Text

from argmap.text.display import visible
from tui.look.cells import cut
from tui.look.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.queries import DocumentSummary, SearchHit

WIDTHS: Final = {
    "title": 0, "author": 24, "published": 12, "claims": 8, "evidence": 10, "changed": 12,
}  # fmt: skip
"""The columns and their widths in cells; the first gets the remaining width."""

NARROW: Final = 100
"""Width of a screen, in cells, below which only three columns are shown."""

NUMBERS: Final = frozenset({"claims", "evidence"})
"""Columns that hold numbers, which are right-aligned."""

LEAD: Final = 1
"""Blank cells before the first column."""

GAP: Final = 2
"""Blank cells at the end of a column."""

_LABEL: Final = 3
"""Minimum width of a label, in cells, so that the words of matches are aligned."""

HEADINGS: Final = {"published": "date"}
"""Headings of the columns whose heading differs from their name."""

_LEAST: Final = 18
"""Minimum width of the title, in cells."""

_WORD = re.compile(r"\w+")


@frozen
class LibraryRow:
    """One row of the library."""

    document: str
    """The id of the document that it opens."""
    statement: str | None
    """The id of the statement that it selects; None for the document itself."""
    cells: tuple[Text, ...]
    """The words of the row, one text for each column, each as wide as the column."""

    @property
    def key(self) -> tuple[str, str | None]:
        """The ids of its document and statement, by which the cursor finds the row again."""
        return self.document, self.statement


def columns_for(width: int) -> dict[str, int]:
    """Return the columns of a table of *width* cells, each with its width in cells."""
    names = [*WIDTHS] if width >= NARROW else ["title", "author", "changed"]
    left = max(_LEAST, width - sum(WIDTHS[name] for name in names))
    return {name: WIDTHS[name] or left for name in names}


def heading_cell(name: str, width: int, arrow: str) -> Text:
    """Return the heading of the column called *name*, with *arrow* at its end."""
    words = f"{HEADINGS.get(name, name)} {arrow}".rstrip()
    return Text(_placed(drawn(words), name, width))


def document_row(
    listed: DocumentSummary, columns: dict[str, int], words: Sequence[str]
) -> LibraryRow:
    """Return the row of a document, with the searched *words* in bold."""
    values = {
        "title": visible(listed.title),
        "author": visible(listed.author or ""),
        "published": listed.published or "",
        "claims": f"{listed.claims:,}",
        "evidence": f"{listed.evidence:,}",
        "changed": (listed.changed or "")[:10],
    }
    cells = []
    for name, width in columns.items():
        cell = Text(_placed(values[name], name, width))
        if name in ("title", "author", "published"):
            for start, end in find_places(cell.plain, words):
                cell.stylize("bold", start, end)
        cells.append(cell)
    return LibraryRow(listed.id, None, tuple(cells))


def hit_row(
    hit: SearchHit, title: str, columns: dict[str, int], words: Sequence[str]
) -> LibraryRow:
    """Return the row of a search match: its words, then its document."""
    width = sum(columns.values()) - 2 * GAP
    label = visible(hit.label) if hit.label else drawn("¶")
    label = f"{'':{LEAD + GAP}}{label:<{_LABEL}}  "
    title = visible(title)
    home = min(cell_len(title), width // 3)
    room = max(1, width - cell_len(label) - home)
    snippet = Text(cut(_moved(visible(hit.snippet), words, room), room))
    for start, end in find_places(snippet.plain, words, at_beginnings=True):
        snippet.stylize("bold", start, end)
    line = Text().append(label, "dim").append_text(snippet).append(" " * GAP)
    line.append(cut(title, home), "dim")
    return LibraryRow(hit.document, hit.statement, tuple(_parts(line, columns.values())))


def _moved(snippet: str, words: Sequence[str], room: int) -> str:
    """Return *snippet* without its beginning, so that *room* cells show the first match."""
    first = next(find_places(snippet, words, at_beginnings=True), (0, 0))
    if first[1] < room:
        return snippet
    latest = max(0, len(snippet) - room + 1)  # any later would leave blank cells at the end
    start = snippet.find(" ", min(latest, max(0, first[0] - room // 2)))
    return drawn("…") + snippet[start + 1 if 0 <= start < first[0] else first[0] :]


def find_places(
    text: str, words: Sequence[str], *, at_beginnings: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the start and end of *words* in *text*, ignoring case and accents.

    Args:
        text: The text to search.
        words: The words as typed.
        at_beginnings: Match only at the beginning of a word, as the full-text search does.
    """
    folded, origin = _folded(text)
    for word in words:
        wanted = _folded(word)[0]
        for match in re.finditer(re.escape(wanted), folded) if wanted else ():
            is_inside = match.start() > 0 and folded[match.start() - 1].isalnum()
            if not (at_beginnings and is_inside):
                yield origin[match.start()], origin[match.end() - 1] + 1


def split_words(typed: str) -> list[str]:
    """Return the words that a search for *typed* looks for."""
    return _WORD.findall(typed)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return *text* without case and accents, and the old index of each character."""
    folded: list[str] = []
    origin: list[int] = []
    for number, character in enumerate(text):
        plain = unicodedata.normalize("NFKD", character).casefold()
        kept = [each for each in plain if not unicodedata.combining(each)]
        folded += kept
        origin += [number] * len(kept)
    return "".join(folded), origin


def _placed(words: str, name: str, width: int) -> str:
    """Return *words* padded or cut to *width* cells, numbers right-aligned."""
    if name not in NUMBERS:
        lead = " " * LEAD if name == "title" else ""
        return lead + cut(words, width - GAP - len(lead)) + " " * GAP
    shown = words if cell_len(words) <= width - GAP else cut(words, width - GAP)
    return " " * (width - GAP - cell_len(shown)) + shown + " " * GAP


def _parts(line: Text, widths: Iterable[int]) -> Iterator[Text]:
    """Yield one cell of each column, cut from *line*, which runs across all columns."""
    rest = line
    for width in widths:
        end = _fitting(rest.plain, width)
        part, rest = rest[:end], rest[end:]
        yield part + Text(" " * (width - part.cell_len))


def _fitting(words: str, width: int) -> int:
    """Return the number of characters of *words* that fit into *width* cells."""
    used = 0
    for number, character in enumerate(words):
        used += cell_len(character)
        if used > width:
            return number
    return len(words)
