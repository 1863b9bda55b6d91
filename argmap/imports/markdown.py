"""Markdown that argmap wrote: read back whole, or refused with the line that is wrong."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import yaml

from argmap import markdown_form as form
from argmap.formats import ImportFormat, Located
from argmap.imports._blocks import Paragraph, blocks_of
from argmap.imports._draft import Draft, refuse
from argmap.imports._records import records_of
from argmap.imports._sections import Reader
from argmap.imports._written import written_in_markdown
from argmap.markdown_form import from_line
from argmap.records.reading import record_from_object
from argmap.records.writing import json_text
from argmap.text import normal_lines, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_TEXT_PART = re.compile(rf"(?m)^## {form.TEXT}$")
_KEYS: Final = ("id", "title", "author", "publisher", "published", "url", "language")


def _recognises(head: bytes) -> bool:
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return plain.startswith(b"---\n") and b"\nargmap:" in plain


def _read(stream: BinaryIO) -> Iterator[Located]:
    for line, by_label, content in records_of(_draft(_decoded(stream.read()))):
        raw = json_text(content).encode()
        found, names = record_from_object(content), written_in_markdown(content)
        if isinstance(found, list):
            yield Located(line, raw, None, tuple(found), written=names)
        else:
            yield Located(line, raw, found, by_label=by_label, written=names)


def _decoded(content: bytes) -> str:
    try:
        return normal_lines(content.decode())
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        refuse(line, f"byte {error.start + 1} is not UTF-8")


def _draft(source: str) -> Draft:
    """Return what the file says.

    Raises:
        InputError: it is not of argmap's form; the message names the line.
    """
    front = _FRONT.match(source)
    if front is None:
        refuse(1, "expected front matter between two lines of ---")
    matter = _front_matter(front[1])
    parting = _TEXT_PART.search(source, front.end())
    if parting is None:
        refuse(1 + source.count("\n"), f"expected the part ## {form.TEXT}")
    document: dict[str, str] = {key: matter[key] for key in _KEYS if key in matter}
    line = 1 + source.count("\n", 0, parting.start())
    document["text"] = _text(source[parting.end() :], line, matter)
    draft = Draft({"type": "document"} | document)
    first = 1 + source.count("\n", 0, front.end())
    Reader(draft).read(blocks_of(source[front.end() : parting.start()], first))
    return draft


def _front_matter(source: str) -> dict[str, str]:
    try:
        # Every value stays a string: no date, no number, no object is made.
        matter = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        refuse(2 + (mark.line if mark else 0), "the front matter is not YAML")
    if not isinstance(matter, dict) or not all(isinstance(v, str) for v in matter.values()):
        refuse(2, "expected keys with one value each")
    if matter.get("argmap") != form.VERSION:
        refuse(2, f"is of form {matter.get('argmap')!r}, and this argmap reads {form.VERSION}")
    if "summary" in matter:
        refuse(2, "is a summary, which cannot be imported; export it whole")
    for key in ("id", "title"):
        if key not in matter:
            refuse(2, f"the front matter has no {key}")
    return {key: unsigned(value) for key, value in matter.items()}


def _text(source: str, line: int, matter: dict[str, str]) -> str:
    """Return the op-ed's text from the part that begins in *line*.

    Raises:
        InputError: it is not the text that the front matter has the SHA-256 of.
    """
    paragraphs = [b for b in blocks_of(source, line) if isinstance(b, Paragraph)]
    parting = "\n\n" if matter.get("paragraphs") == form.BY_BLANK_LINES else "\n"
    text = parting.join(from_line(p.source) for p in paragraphs)
    if matter.get("final_newline") == "yes":
        text += "\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if matter.get("sha256", sha256) != sha256:
        refuse(line, "the op-ed's text was changed, which an import cannot do; restore it")
    return text


FORMAT: Final[ImportFormat] = ImportFormat("markdown", "Markdown", _recognises, _read)
