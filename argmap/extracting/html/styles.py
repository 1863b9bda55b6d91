"""Decide how a browser shows an element: block, inline, table or hidden."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from argmap.extracting._numbers import format_number
from argmap.extracting._tables import LONGEST_CELL, holds_data

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SKIPPED: Final = frozenset({
    "annotation", "annotation-xml", "applet", "area", "audio", "button", "canvas", "datalist",
    "embed", "frame", "frameset", "head", "iframe", "input", "map", "noembed", "noframes",
    "noscript", "object", "optgroup", "option", "param", "progress", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
"""Elements whose text a browser does not show as part of the page."""

DRAWN: Final = frozenset({
    "audio", "button", "canvas", "embed", "iframe", "img", "input", "object", "progress", "select",
    "svg", "textarea", "video",
})  # fmt: skip
"""Elements without text that a browser draws between their neighbours."""

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip

_PARAGRAPHS: Final = (
    "blockquote", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre",
)  # fmt: skip
_LONGEST_CELL: Final = 200
"""The most characters in a cell of a data table without headings.

Old pages use tables without headings for their whole layout.
"""

_MOST_CELLS: Final = 500
"""The most cells in a row; libraries need minutes for a row with very many."""

_TABLE_PARTS: Final = ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_BOXES: Final = frozenset({"flex", "grid", "inline-flex", "inline-grid"})
_BLOCK_DISPLAYS: Final = frozenset({
    "block", "flex", "flow-root", "grid", "list-item", "table", "table-caption", "table-cell",
    "table-footer-group", "table-header-group", "table-row", "table-row-group",
})  # fmt: skip
_BOX = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*inline-|float\s*:\s*(?:left|right)|position\s*:\s*absolute"
    r"|(?:margin|padding)(?:-left|-right)?\s*:\s*[1-9.])",
    re.IGNORECASE,
)
_KEEPS_LINES = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_FIRST_PIECES: Final = 4
_LIST_STYLE = re.compile(
    r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*?\b("
    r"none|disc|circle|square|decimal(?:-leading-zero)?|(?:lower|upper)-(?:alpha|latin|roman))\b",
    re.IGNORECASE,
)
_BULLETS: Final = frozenset({"disc", "circle", "square", "none"})
_NUMBERS: Final = {
    "ol": "decimal", "1": "decimal", "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "a": "lowerLetter", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "A": "upperLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "i": "lowerRoman", "lower-roman": "lowerRoman", "I": "upperRoman", "upper-roman": "upperRoman",
}  # fmt: skip
"""Number formats of web pages, and Word's names for them."""

_NOTE = re.compile(r"\s*\d{1,3}\s*")
_INTEGER = re.compile(r"\s*[+-]?\d{1,9}\s*")
_PREFORMATTED: Final = frozenset({"pre", "xmp", "listing"})


def is_unread(element: HtmlElement) -> bool:
    """Return whether the text of *element* is not part of the page's text.

    The text of a button inside a sentence is part of it, because there it explains a word.
    """
    if element.tag == "button":
        before, parent = element.getprevious(), element.getparent()
        words = parent.text if before is None and parent is not None else before.tail
        is_in_sentence = bool(words and words.strip() and element.tail and element.tail.strip())
        return not (is_in_sentence and parent is not None and parent.tag == "p")
    return element.tag in SKIPPED


def is_block(element: HtmlElement) -> bool:
    """Return whether *element* starts a new line."""
    style = element.get("style")
    match = _DISPLAY.search(style) if style else None
    if match:
        display = match[1].lower()
        if display in _BLOCK_DISPLAYS:
            return True
        if display.startswith("inline") or display == "contents":
            return bool(element.tag == "li")  # otherwise figures of two items would run together
    return element.tag in BLOCKS or is_block_by_parent(element)


def is_box(element: HtmlElement) -> bool:
    """Return whether *element* is an inline box with more than one letter or figure."""
    style = element.get("style")
    if not style or not _BOX.search(style):
        return False
    return len("".join(islice(element.itertext(), _FIRST_PIECES)).strip()) > 1


def is_block_by_parent(element: HtmlElement) -> bool:
    """Return whether *element* is a separate box of its parent, as in a flex row."""
    parent = element.getparent()
    style = parent.get("style") if parent is not None else None
    match = _DISPLAY.search(style) if style else None
    return match is not None and match[1].lower() in _BOXES


def keeps_lines(element: HtmlElement) -> bool:
    """Return whether a browser keeps the line ends inside *element*."""
    if element.tag in _PREFORMATTED:
        return True
    style = element.get("style")
    return bool(style and _KEEPS_LINES.search(style))


def script_of(element: HtmlElement) -> str:
    """Return `sup` or `sub` if *element* is raised or lowered, else an empty string.

    A number that links to a note on the same page counts as raised, because a style sheet may raise
    it; otherwise it would run into the figure before it.
    """
    if element.tag in {"sup", "sub"}:
        return str(element.tag)
    if script := _script_in_formula(element):
        return script
    if element.tag == "a" and (
        element.get("role") == "doc-noteref" or (element.get("href") or "").startswith("#")
    ):
        words = "".join(islice(element.itertext(), _FIRST_PIECES))
        return "sup" if _NOTE.fullmatch(words) else ""
    style = element.get("style")
    match = _SCRIPT.search(style) if style else None
    return {"super": "sup", "sub": "sub"}[match[1].lower()] if match else ""


def _script_in_formula(element: HtmlElement) -> str:
    parent, before = element.getparent(), element.getprevious()
    if before is None or parent is None or parent.tag not in {"msup", "msub", "msubsup"}:
        return ""
    if parent.tag == "msubsup":
        return "sub" if before.getprevious() is None else "sup"
    return str(parent.tag)[1:]


def list_mark(element: HtmlElement) -> str:
    """Return the mark that a browser draws before a list item; empty for none."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag not in {"ol", "ul"}:
        return ""
    form = _list_form(element) or _list_form(parent) or parent.tag
    if form == "none":
        return ""
    if form in _NUMBERS and (value := element.get("value")):
        return f"{format_number(int(value), _NUMBERS[form]) or value}. "
    return "• "


def _list_form(element: HtmlElement) -> str:
    """Return the form of list marks that *element* declares, if it is known."""
    style = element.get("style")
    match = _LIST_STYLE.search(style) if style else None
    said = match[1].lower() if match else element.get("type") or ""
    return said if said in _NUMBERS or said in _BULLETS else ""


def number_lists(body: HtmlElement) -> None:
    """Write the number of each item into the numbered lists, counted as browsers do."""
    for ordered in body.iter("ol"):
        items = ordered.findall("li")
        step = 1 if ordered.get("reversed") is None else -1
        number = _integer(ordered.get("start"), 1 if step == 1 else len(items))
        for item in items:
            number = _integer(item.get("value"), number)
            item.set("value", str(number))
            number += step


def _integer(value: str | None, default: int) -> int:
    match = _INTEGER.fullmatch(value or "")
    return int(match[0]) if match else default


def unwrap_layout_tables(body: HtmlElement) -> None:
    """Turn tables that are only used for layout into plain blocks."""
    tables = list(body.iter("table"))
    outer = {next(table.iterancestors("table"), None) for table in tables}
    layout = {table for table in tables if table in outer or not _holds_data(table)}
    parts = [
        part
        for part in body.iter(*_TABLE_PARTS)
        if (part if part.tag == "table" else next(part.iterancestors("table"), None)) in layout
    ]
    for part in parts:
        part.tag = "div"


def _holds_data(table: HtmlElement) -> bool:
    """Return whether *table* has figures or facts in its cells, and no paragraphs."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    if len(rows) < 2 or not 2 <= max(map(len, rows)) <= _MOST_CELLS:  # noqa: PLR2004  (a table has two of both)
        return False
    is_headed = table.find(".//th") is not None
    return holds_data(
        (cell.text_content() for row in rows for cell in row),
        is_headed=is_headed,
        longest=LONGEST_CELL if is_headed else _LONGEST_CELL,
    )


def has_paragraphs(row: HtmlElement) -> bool:
    """Return whether a cell of *row* has several paragraphs, to read separately."""
    return any(sum(map(_is_paragraph, cell.iter(*_PARAGRAPHS))) > 1 for cell in row)


def _is_paragraph(element: HtmlElement) -> bool:
    inside = element.iterdescendants(*_PARAGRAPHS)
    return next(inside, None) is None and bool(element.text_content().strip())
