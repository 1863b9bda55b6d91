"""Markdown that argmap wrote: read back whole, or refused with the number of the wrong line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from argmap.formats import markdown_syntax as form
from argmap.formats.registry import ImportFormat, Located
from argmap.records.decode import record_from_object
from argmap.records.encode import json_text
from argmap.text.decoding import normal_lines

from .blocks import HeadingBlock, ParagraphBlock, parse_blocks
from .draft import Draft, refuse
from .front_matter import DOCUMENT_KEYS, parse_front_matter
from .keys import markdown_key_names
from .op_ed import restore_text
from .records import records_from_draft
from .sections import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .blocks import MarkdownBlock
    from .front_matter import MapFrontMatter

_MARK = re.compile(rb"[\r\n](?:argmap|'argmap'|\"argmap\")[ \t]*:")
"""The key that distinguishes argmap's Markdown from any other."""


def _recognises(head: bytes) -> bool:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    first = re.match(rb"---[ \t]*[\r\n]", plain)
    return first is not None and _MARK.search(plain) is not None


def _read(stream: BinaryIO) -> Iterator[Located]:
    # Gathered first, because one error refuses the whole file; sorted, because faults are
    # reported in the order of lines.
    placed = list(records_from_draft(_parse_draft(_decode(stream.read()))))
    for line, by_label, content in sorted(placed, key=lambda each: each[0]):
        raw = json_text(content).encode()
        found, names = record_from_object(content), markdown_key_names(content)
        if isinstance(found, list):
            yield Located(line, raw, None, tuple(found), key_names=names)
        else:
            yield Located(line, raw, found, by_label=by_label, key_names=names)


def _decode(content: bytes) -> str:
    try:
        return normal_lines(content.decode())
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        refuse(line, f"byte {error.start + 1} is not UTF-8")


def _parse_draft(source: str) -> Draft:
    """Return the content of the file *source*.

    Raises:
        InputError: it is not in argmap's form; the message names the line.
    """
    front = parse_front_matter(source)
    first = 1 + source.count("\n", 0, front.end)
    blocks = list(parse_blocks(source[front.end :], first))
    parting = next((n for n, block in enumerate(blocks) if _begins_text(block)), None)
    if parting is None:
        _refuse_without_text(front, 1 + source.count("\n"))
    values = front.values
    document: dict[str, str] = {key: values[key] for key in DOCUMENT_KEYS if key in values}
    paragraphs = [b.source for b in blocks[parting:] if isinstance(b, ParagraphBlock)]
    document["text"] = restore_text(paragraphs, front, blocks[parting].line)
    draft = Draft({"type": "document"} | document)
    Reader(draft).read(blocks[:parting])
    return draft


def _begins_text(block: MarkdownBlock) -> bool:
    return isinstance(block, HeadingBlock) and (block.level, block.source) == (2, form.TEXT)


def _refuse_without_text(front: MapFrontMatter, last_line: int) -> NoReturn:
    if front.is_summary:
        refuse(2, "is a summary, which cannot be imported; export the whole map")
    refuse(last_line, f"expected the part ## {form.TEXT}")


FORMAT: Final[ImportFormat] = ImportFormat("markdown", "Markdown", _recognises, _read)
