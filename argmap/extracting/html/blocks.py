"""Split a web page into blocks, such as paragraphs, with the words a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, evolve, frozen

from argmap.extracting._tables import BREAK, TableColumns, span, without_breaks

from .styles import (
    DRAWN,
    has_paragraphs,
    is_block,
    is_box,
    is_unread,
    keeps_lines,
    list_mark,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_STRUCK: Final = frozenset({"del", "s", "strike"})
_CELLS: Final = frozenset({"td", "th"})
_ROWS: Final = frozenset({"tr", "caption"})
_GROUPS: Final = frozenset({"thead", "tbody", "tfoot"})
_QUOTATION_MARKS: Final = frozenset("\"'“”„‟‘’‚«»‹›「」『』")

_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r" {2,}")
_ROUND_LINE_END = re.compile(r"(?<!\s)\s*\n *")
_ROUND_TABS = re.compile(r" *(\t+) *")
_LINES_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphens and other invisible characters, which would defeat searches."""

_BRACKETS: Final = frozenset("[(")
_FORMULA_PARTS: Final = frozenset({"mtr", "mtd"})
_SIGN_AS_PICTURE = re.compile(r"\b(?:emoji|mwe-math|latex|tex)\b")
_EXPONENT = re.compile(r"[+−–-]?(?:\d+|n)")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_SIGNS: Final = str.maketrans("+−–-n", "⁺⁻⁻⁻ⁿ")
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@frozen(eq=False)
class PageBlock:
    """A paragraph, heading, list item or table of a web page."""

    text: str
    """The text, with spaces and line ends as a browser shows them."""
    parent: HtmlElement
    """The innermost block element around all of its words."""
    nodes: Sequence[tuple[HtmlElement, bool]]
    """The element at its longest piece of text, and whether the text follows it.

    A table has one for each row.
    """
    linked: int = 0
    """Number of its characters inside links."""


@define
class _Run:
    """The text of a block, as far as it has been read."""

    pieces: list[str] = Factory(list)
    nodes: list[tuple[HtmlElement, bool]] = Factory(list)
    longest: int = 0
    linked: int = 0
    is_after_break: bool = False
    is_preformatted: bool = False
    has_columns: bool = False
    """True for rows of a table, whose first cell may be empty."""

    @property
    def last(self) -> str:
        """The last character; empty if there is none."""
        return next((piece[-1] for piece in reversed(self.pieces) if piece), "")

    @property
    def text(self) -> str:
        words = "".join(self.pieces)
        if self.is_preformatted:
            return _LINES_END.sub("", words).strip("\n")
        words = _SPACES_IN_LINE.sub(" ", without_breaks(words))
        words = _ROUND_LINE_END.sub("\n", _ROUND_TABS.sub(r"\1", words)).strip(" \n")
        return words.rstrip() if self.has_columns else words.strip()


@define
class _Open:
    """An element that is being read."""

    element: HtmlElement
    closing: str = ""
    """The text to add at its end."""
    script: str = ""
    run: _Run | None = None
    begin: int = 0
    """The index of its first piece in *run*; for a quotation, of its first block."""
    is_block: bool = False
    is_table: bool = False
    is_apart: bool = False
    """True for a row of a data table that is read as paragraphs."""
    is_preformatted: bool = False


def blocks_of(body: HtmlElement) -> list[PageBlock]:
    """Return the blocks of a page that have words, in their order."""
    from lxml.etree import iterwalk

    reader = _Reader(body)
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        is_skipped = not isinstance(element.tag, str) or is_unread(element)
        if event == "start" and is_skipped:
            walk.skip_subtree()
            reader.pass_over(element)
        elif event == "start":
            reader.start(element)
        else:
            if not is_skipped:
                reader.end()
            if element is not body:
                reader.add(element.tail, element, is_tail=True)
    reader.flush()
    return reader.blocks


class _Reader:
    """Collects the blocks of a page while its elements start and end."""

    def __init__(self, body: HtmlElement) -> None:
        self.blocks: list[PageBlock] = []
        self._run = _Run()
        self._open: list[_Open] = []
        self._parents = [body]
        self._quotes = 0
        self._links = 0
        self._rows = 0
        self._preformatted = 0
        self._columns: TableColumns | None = None
        """The columns of the data table that is being read."""
        self._outer: TableColumns | None = None
        self._mark = ""

    def start(self, element: HtmlElement) -> None:
        """Start *element*, and add its text up to the first element inside it."""
        opened = _Open(element)
        self._open.append(opened)
        self._links += element.tag == "a"
        if element.tag == "br":
            self._break_line()
        elif is_block(element):
            self._start_block(opened)
        else:
            self._start_inline(opened)
        self.add(element.text, element, is_tail=False)

    def pass_over(self, element: HtmlElement) -> None:
        """Keep the figures on both sides of a skipped *element* apart."""
        if element.tag in DRAWN and self._run.last.isdigit() and (element.tail or "")[:1].isdigit():
            self._run.pieces.append(" ")

    def end(self) -> None:
        """End the innermost element."""
        opened = self._open.pop()
        self._links -= opened.element.tag == "a"
        if opened.is_block:
            self.flush()
            self._parents.pop()
            self._preformatted -= opened.is_preformatted
            if opened.is_table:
                self._columns = None
            if opened.is_apart:
                self._columns, self._outer = self._outer, None
            if opened.element.tag == "li":
                self._mark = ""
        elif opened.script:
            self._change_script(opened)
        elif opened.element.tag == "q":
            self._quotes -= 1
        if opened.closing:
            self._close(opened)

    def add(self, text: str | None, node: HtmlElement, *, is_tail: bool) -> None:
        """Add the text before or after the elements in *node*."""
        if not text:
            return
        words = text.translate(_UNSEEN)
        if not words:
            return
        if not self._preformatted:
            words = _SPACES.sub(" ", words)
        self._run.pieces.append(words)
        length = len(words.strip())
        if length:
            self._run.is_after_break = False
        if self._links:
            self._run.linked += length
        if length > self._run.longest:
            del self._run.nodes[self._rows :]
            self._run.nodes.append((node, is_tail))
            self._run.longest = length

    def flush(self) -> None:
        """End the block."""
        run, self._run = self._run, _Run(is_preformatted=self._preformatted > 0)
        self._rows = 0
        if run.nodes:
            words = self._mark + run.text
            self.blocks.append(PageBlock(words, self._parents[-1], run.nodes, run.linked))
            self._mark = ""
        elif self._quotes:
            # A quotation begins before the first block inside it.
            self._mark += "".join(run.pieces).strip()

    def _close(self, opened: _Open) -> None:
        if opened.element.tag == "q" and not self._run.nodes and opened.begin < len(self.blocks):
            # The quotation ended with a block inside it.
            last = self.blocks[-1]
            self.blocks[-1] = evolve(last, text=last.text + opened.closing)
        else:
            self._run.pieces.append(opened.closing)

    def _start_block(self, opened: _Open) -> None:
        element = opened.element
        if self._columns is not None:
            self._columns.start_row() if element.tag == "tr" else None
            if element.tag != "tr" or not has_paragraphs(element):
                self._start_table_part(opened, self._columns)
                return
            opened.is_apart, self._outer, self._columns = True, self._columns, None
        self.flush()
        opened.is_block = True
        opened.is_preformatted = keeps_lines(element)
        self._preformatted += opened.is_preformatted
        self._run.is_preformatted = self._preformatted > 0
        self._parents.append(element)
        self._mark = list_mark(element) or self._mark
        if element.tag == "table":
            self._columns, opened.is_table = TableColumns(), True

    def _start_table_part(self, opened: _Open, columns: TableColumns) -> None:
        """Start a part of a data table: rows are lines, with tabs between cells."""
        element, run = opened.element, self._run
        run.has_columns = True
        if element.tag in _CELLS:
            run.pieces.append(
                columns.tabs_before(span(element.get("colspan")), span(element.get("rowspan")))
            )
            return
        if element.tag in _ROWS:
            opened.closing = "\n"
            self._rows, run.longest = len(run.nodes), 0
        elif element.tag not in _GROUPS:
            opened.closing = BREAK
        run.pieces.append(opened.closing)

    def _start_inline(self, opened: _Open) -> None:
        element, run = opened.element, self._run
        if element.tag == "q":
            self._start_quote(opened)
        elif element.tag in _STRUCK or is_box(element):
            self._keep_figures_apart(opened)
        elif element.tag == "rt" and not _follows(element, "rp"):
            run.pieces.append("(")
            opened.closing = ")"
        elif element.tag == "img" and _SIGN_AS_PICTURE.search(element.get("class") or ""):
            self.add(element.get("alt"), element, is_tail=True)
        elif element.tag == "img":
            self.pass_over(element)
        elif element.tag in _FORMULA_PARTS:
            opened.closing = " "
        elif _begins(element, "mfrac"):
            opened.closing = "/"
        elif script := script_of(element):
            opened.script, opened.run, opened.begin = script, run, len(run.pieces)

    def _start_quote(self, opened: _Open) -> None:
        """Add a browser's quotation marks, unless the page has its own."""
        before = _text_before(opened.element).rstrip()[-1:]
        inside = next((text for text in opened.element.itertext() if text.strip()), "")
        if not _QUOTATION_MARKS.intersection((before, inside.lstrip()[:1])):
            opening, opened.closing = ("‘", "’") if self._quotes % 2 else ("“", "”")
            opened.begin = len(self.blocks)
            self._run.pieces.append(opening)
        self._quotes += 1

    def _keep_figures_apart(self, opened: _Open) -> None:
        """Separate figures that are struck through or boxed from those next to them."""
        element = opened.element
        if self._run.last.isdigit() and (element.text or "")[:1].isdigit():
            self._run.pieces.append(" ")
        follower = element.getnext()
        if element.tail:
            opened.closing = " " if element.tail[0].isdigit() else ""
        elif follower is not None and follower.tag == "ins":
            opened.closing = " "

    def _change_script(self, opened: _Open) -> None:
        """Write raised and lowered figures so that they do not run into their neighbours."""
        run = self._run
        begin = opened.begin if opened.run is run else 0
        words = "".join(run.pieces[begin:])
        if not words:
            return
        del run.pieces[begin:]
        if opened.script == "sup":
            signs = _RAISED_SIGNS if _EXPONENT.fullmatch(words.strip()) else {}
            is_set_apart = words.lstrip()[:1] in _BRACKETS
            run.pieces.append(words if is_set_apart else words.translate(signs).translate(_RAISED))
            return
        after = (opened.element.tail or "")[:1]
        is_joined = run.last.isdigit() or run.last in "/⁄" or after.isdigit()
        run.pieces.append(words.translate(_LOWERED) if run.last and is_joined else words)

    def _break_line(self) -> None:
        if self._columns is not None:
            self._run.pieces.append(BREAK)
        elif self._run.is_after_break and not self._preformatted:
            self.flush()
        else:
            self._run.pieces.append("\n")
            self._run.is_after_break = True


def _follows(element: HtmlElement, tag: str) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == tag


def _begins(element: HtmlElement, tag: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == tag and element.getprevious() is None


def _text_before(element: HtmlElement) -> str:
    before, parent = element.getprevious(), element.getparent()
    words = parent.text if before is None and parent is not None else before.tail
    return words or ""
