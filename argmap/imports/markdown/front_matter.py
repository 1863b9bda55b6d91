"""The front matter of argmap's Markdown: argmap's own keys are read, all others are ignored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml
from attrs import define, field

from argmap.formats import markdown_syntax as form
from argmap.text.display import unsigned

from .draft import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT_KEYS: Final = ("id", "title", "author", "publisher", "published", "url", "language")
"""Keys of the document's own data."""

_OURS: Final = (
    "argmap", *DOCUMENT_KEYS, "sha256", "paragraphs", "final_newline", "double_spaces",
)  # fmt: skip
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"""["']?(\w+)["']?[ \t]*:(?:[ \t]|$)""")
_CONTINUED = re.compile(r"[ \t#\]})]|-(?:[ \t]|$)")
"""The beginning of a line that continues the entry above it."""
_NULL: Final = ("", "~", "null", "Null", "NULL")
"""Scalars that YAML reads as no value unless they are quoted."""


@define
class MapFrontMatter:
    """The keys of argmap's front matter, with their values."""

    end: int
    """The offset in the file at which the front matter ends."""
    values: dict[str, str] = field(factory=dict)
    """The keys of argmap, each with its value."""
    lines: dict[str, int] = field(factory=dict)
    """The line of each of these keys."""
    is_summary: bool = False
    """True if argmap marked the file as a summary; people may use the key differently."""


def parse_front_matter(source: str) -> MapFrontMatter:
    """Return the front matter of the file *source*.

    Raises:
        InputError: there is none, or one of argmap's keys has a value of the wrong form; the
            message names the line.
    """
    front = _FRONT.match(source)
    if front is None:
        refuse(1, "expected front matter between two lines of ---")
    found = MapFrontMatter(front.end())
    for key, line, node in _parse_pairs(front[1]):
        # Obsidian turns one author into a list.
        is_list_of_one = isinstance(node, yaml.SequenceNode) and len(node.value) == 1
        value = node.value[0] if is_list_of_one and key in DOCUMENT_KEYS else node
        if key == "summary":
            found.is_summary |= _is_summary(value)
        if key not in _OURS:
            continue
        if key in found.lines:
            refuse(line, f"{key} is already in line {found.lines[key]}; keep one of them")
        found.lines[key] = line
        if not isinstance(value, yaml.ScalarNode):
            kind = "a list" if isinstance(value, yaml.SequenceNode) else "a mapping"
            refuse(line, f"{key}: expected one value, not {kind}")
        if value.style is None and value.value in _NULL:
            continue
        found.values[key] = unsigned(_join_surrogates(key, line, value.value))
    _check_required(found)
    return found


def _parse_pairs(source: str) -> Iterator[tuple[str, int, yaml.Node]]:
    """Yield the keys with their lines and values as nodes of YAML.

    No node is turned into a value, so that one repeated by reference costs nothing.
    """
    try:
        try:
            root = yaml.compose(source, Loader=yaml.BaseLoader)
        except (yaml.scanner.ScannerError, yaml.parser.ParserError):
            # People write `note: see: this`, which is not YAML. Only argmap's own keys matter.
            root = yaml.compose(_only_argmaps_keys(source), Loader=yaml.BaseLoader)
    except yaml.reader.ReaderError as error:
        line = 2 + source.count("\n", 0, error.position)
        refuse(line, "the front matter is not YAML: it has a forbidden character")
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        refuse(2 + (mark.line if mark else 0), "the front matter is not YAML")
    if not isinstance(root, yaml.MappingNode):
        refuse(2, "expected keys with values, such as title: …")
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode):
            yield key.value, 2 + key.start_mark.line, value


def _only_argmaps_keys(source: str) -> str:
    """Return *source* with the entries of all other keys replaced by empty lines."""
    is_ours = True
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not _CONTINUED.match(line):
            key = _KEY.match(line)
            is_ours = key is not None and key[1] in (*_OURS, "summary")
        if not is_ours:
            lines[number] = ""
    return "\n".join(lines)


def _is_summary(value: yaml.Node) -> bool:
    return isinstance(value, yaml.ScalarNode) and value.value == form.SUMMARY


def _join_surrogates(key: str, line: int, value: str) -> str:
    """Return *value* with characters joined that were written as two halves, as in JSON."""
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        refuse(line, f"{key}: has a lone surrogate (half a character)")


def _check_required(found: MapFrontMatter) -> None:
    version = found.values.get("argmap")
    if version is None:
        refuse(2, "the front matter has no key argmap; import only Markdown that argmap wrote")
    if version != form.VERSION:
        line = found.lines["argmap"]
        refuse(line, f"has form {version!r}, but this argmap reads form {form.VERSION}")
    for key in ("id", "title"):
        if key not in found.values:
            refuse(found.lines.get(key, 2), f"the front matter has no {key}")
