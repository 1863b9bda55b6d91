"""Parse Markdown into a flat list of blocks with line numbers, as far as argmap's form needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field, frozen
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token


@frozen
class HeadingBlock:
    """A heading of a level from 1."""

    line: int
    level: int
    source: str


@frozen
class ParagraphBlock:
    """A paragraph."""

    line: int
    source: str


@frozen
class QuotationBlock:
    """A block quote: the sources of its paragraphs."""

    line: int
    paragraphs: list[str]


@define
class ListItem:
    """An item of a bullet list, with the items of a list inside it."""

    line: int
    source: str = ""
    inner: list[ListItem] = field(factory=list)


@frozen
class ListBlock:
    """A bullet list."""

    line: int
    items: list[ListItem]


@frozen
class TableBlock:
    """A table: the cells of each row, the head first, with the rows' lines."""

    line: int
    rows: list[tuple[int, list[str]]]


@frozen
class FenceBlock:
    """A fenced block of code."""

    line: int
    language: str
    content: str


MarkdownBlock = HeadingBlock | ParagraphBlock | QuotationBlock | ListBlock | TableBlock | FenceBlock


def parse_blocks(text: str, first_line: int) -> Iterator[MarkdownBlock]:
    """Yield the blocks of *text*, which begins in *first_line* of its file."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    start = 0
    while start < len(tokens):
        end = _find_end(tokens, start)
        block = _parse_block(tokens[start:end], first_line)
        if block is not None:
            yield block
        start = end


def _find_end(tokens: list[Token], start: int) -> int:
    """Return the end of the top-level block that begins at *start*."""
    depth, position = 0, start
    while True:
        depth += tokens[position].nesting
        position += 1
        if depth == 0:
            return position


def _parse_block(tokens: list[Token], first_line: int) -> MarkdownBlock | None:
    first = tokens[0]
    line = first_line + (first.map[0] if first.map else 0)
    if first.type == "heading_open":
        return HeadingBlock(line, int(first.tag[1]), tokens[1].content)
    if first.type == "paragraph_open":
        return ParagraphBlock(line, tokens[1].content)
    if first.type == "blockquote_open":
        return QuotationBlock(line, [token.content for token in tokens if token.type == "inline"])
    if first.type == "bullet_list_open":
        return ListBlock(line, _parse_items(tokens, first_line))
    if first.type == "table_open":
        return TableBlock(line, _parse_rows(tokens, first_line))
    if first.type == "fence":
        return FenceBlock(line, first.info.strip(), first.content)
    return None


def _parse_items(tokens: list[Token], first_line: int) -> list[ListItem]:
    """Return the items of a list; deeper levels than the second count as the second."""
    items: list[ListItem] = []
    depth = 0
    open_item: ListItem | None = None
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
            open_item = ListItem(first_line + (token.map[0] if token.map else 0))
            (items if depth == 1 or not items else items[-1].inner).append(open_item)
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline" and open_item is not None:
            open_item.source += ("\n" if open_item.source else "") + token.content
    return items


def _parse_rows(tokens: list[Token], first_line: int) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append((first_line + (token.map[0] if token.map else 0), []))
        elif token.type == "inline":
            rows[-1][1].append(token.content)
    return rows
