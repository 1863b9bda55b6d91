"""Front matter: the data at the head of a note, such as its title, before its text.

Five forms are read: YAML between lines of `---`, TOML between lines of `+++`, JSON between the
lines `{` and `}`, the `%` lines of Pandoc, and lines such as `Title: …` before a blank line.
Lines that may be words of the text stay in the text.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from typing import TYPE_CHECKING, Final

import yaml
from attrs import frozen

from .front_values import KEYS, NESTED, OTHER_KEYS, plain_key, read_known_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LONGEST: Final = 2**16
"""The most code points that front matter may have."""
_LONGEST_YAML: Final = 2**13
"""The most code points of YAML in one parse: nested brackets take quadratic time."""
_MOST_WORDS: Final = 4
"""The most words in a key."""
_LONGEST_KEY: Final = 60
_MOST_PANDOC: Final = 3
"""The most lines of Pandoc's form: title, authors and date."""

_BLANK = re.compile(r"(?:[ \t]*\n)+")
_YAML = re.compile(
    r"-{3,}(?:ya?ml)?[ \t]*\n(.*?)^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(
    r"(?:\+{3}|---toml)[ \t]*\n(.*?)^(?:\+{3}|---)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_JSON = re.compile(r"(\{[ \t]*\n.*?^\})[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAMED_JSON = re.compile(
    r"(?:;{3}|---json)[ \t]*\n(.*?)^(?:;{3}|---)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_PANDOC = re.compile(r"(?:%(?: [^\n]*(?:\n[ \t]+\S[^\n]*)*)?(?:\n|\Z)){1,3}(?=[ \t]*(?:\n|\Z))")
_PANDOC_FIELD = re.compile(r"^%((?:[^\n]*)(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)
_HEADERS = re.compile(
    r"(?:[^\s:][^\n:]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,}(?:[ \t]*\n|-{3,}[ \t]*\n|\Z)"
)
_HEADER_KEYS: Final = frozenset({"title", "headline", "titel", "titre", "título", "titulo"})
"""Keys of which header lines must have one: without a title, such lines can be anything."""

_ENTRY = re.compile(
    r"""(?P<key>"[^"\n]+"|'[^'\n]+'|[^\s#\-\[\]{}"'%|>&*!?,:@`=<][^:\n]{0,60}?)[ \t]{0,9}::?"""
    r"(?P<value>[ \t].*|)"
)
_TOML_ENTRY = re.compile(r"""(?P<key>[\w-]+|"[^"\n]+")[ \t]*=(?P<value>.*)""")
_IDENTIFIER = re.compile(r"[^\W\dA-Z][\w.-]*")
_CONTINUED = re.compile(r"[ \t]|- |-$|[\]})]")
"""The beginning of a line that continues the entry above it."""
_QUOTED = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
"""A character reference of HTML, which programs leave in a title."""
_USED: Final = frozenset({"argmap", "id", *NESTED}).union(*KEYS.values())
_KNOWN: Final = OTHER_KEYS | _USED


@frozen
class TextFrontMatter:
    """The front matter of a text, and the place where it ends."""

    values: dict[str, str]
    """The values of the front matter, named as in `Document`."""
    end: int
    """The offset in code points at which the text begins."""
    is_map: bool = False
    """True if it belongs to a map written by argmap."""


def read_front_matter(text: str) -> TextFrontMatter | None:
    """Return the front matter at the head of *text*; None unless there certainly is some."""
    blank = _BLANK.match(text[:_LONGEST])
    start = blank.end() if blank else 0
    head = text[start : start + _LONGEST]
    for form, read in _FORMS:
        match = form.match(head)
        entries = read(match[match.lastindex or 0]) if match else None
        if match is None or entries is None:
            continue
        end = start + match.end()
        after = _BLANK.match(text, end)
        is_map = {"argmap", "id", "title"} <= entries.keys()
        values = read_known_values(entries)
        if "title" in values:
            title = _REFERENCE.sub(lambda match: html.unescape(match[0]), values["title"])
            values["title"] = " ".join(title.split())
        return TextFrontMatter(values, after.end() if after else end, is_map)
    return None


def _from_yaml(source: str) -> dict[str, object] | None:
    """Return the entries of YAML that is front matter.

    It is read entry by entry: people write `title: Tolls: who pays?`, which is not YAML, and
    one wrong value must not cost the others.
    """
    entries = _split(source.split("\n"), _ENTRY)
    if entries is None:
        loaded = _loaded(source)
        if not isinstance(loaded, dict) or not _are_keys(map(str, loaded)):
            return None
        return {plain_key(key): value for key, value in loaded.items()}
    if not _are_keys(key for key, _, _ in entries):
        return None
    return _read_each(entries, _yaml_value)


def _from_toml(source: str) -> dict[str, object] | None:
    try:
        loaded = tomllib.loads(source)
    except (ValueError, RecursionError):
        entries = _split(source.split("\n"), _TOML_ENTRY)
        if entries is None or not _are_keys(key for key, _, _ in entries):
            return None
        return _read_each(entries, _toml_value)
    if not _are_keys(loaded):
        return None
    return {plain_key(key): value for key, value in loaded.items()}


def _from_json(source: str) -> dict[str, object] | None:
    """Return the values of JSON that has a title: other JSON is the text's own."""
    try:
        loaded = json.loads(source)
    except (ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict) or not _are_keys(loaded):
        return None
    values = {plain_key(key): value for key, value in loaded.items()}
    return values if values.keys() & _HEADER_KEYS else None


def _from_pandoc(source: str) -> dict[str, object] | None:
    """Return title, authors and date of lines that begin with `%`, in this order."""
    fields = [" ".join(match[1].split()) for match in _PANDOC_FIELD.finditer(source)]
    names = ("title", "author", "published")
    is_prose = len(fields) == 1 and not fields[0][:1].isupper()
    if is_prose or not any(fields[:2]) or len(fields) > _MOST_PANDOC:
        return None
    authors = next(
        (re.split(r"\n\s*", m[1]) for m in list(_PANDOC_FIELD.finditer(source))[1:2]), []
    )
    return dict(zip(names, fields, strict=False)) | ({"author": authors} if authors else {})


def _from_headers(source: str) -> dict[str, object] | None:
    """Return the entries of `Key: value` lines; all keys must be known, and one must be a title."""
    lines = [line for line in source.rstrip().split("\n") if line.strip("- \t")]
    entries = _split(lines, _ENTRY)
    keys = {plain_key(key) for key, _, _ in entries or ()}
    if entries is None or not keys <= _KNOWN or not keys & _HEADER_KEYS:
        return None
    return _read_each(entries, _yaml_value)


def _are_keys(given: Iterable[str]) -> bool:
    """Return whether *given* are keys of front matter rather than words of a text."""
    keys = list(given)
    if not keys or any(len(k) > _LONGEST_KEY or len(k.split()) > _MOST_WORDS for k in keys):
        return False
    return any(plain_key(key) in _KNOWN for key in keys) or all(map(_IDENTIFIER.fullmatch, keys))


_Entry = tuple[str, str, str]
"""A key, the words after it on its line, and the lines below that belong to it."""


def _split(
    lines: Sequence[str], form: re.Pattern[str], *, is_quote_closed: bool = True
) -> list[_Entry] | None:
    """Return the entries in *lines*; None if a line belongs to no entry.

    A quotation mark that nothing closes ends with its line, since people forget one.
    """
    entries: list[tuple[str, str, list[str]]] = []
    quote = ""
    for line in lines:
        match = None if quote else form.fullmatch(line.rstrip())
        if quote:
            entries[-1][2].append(" " + line)
            quote = "" if quote in line else quote
        elif match:
            quote = _open_quote(match["value"].strip()) if is_quote_closed else ""
            entries.append((match["key"].strip("\"'"), match["value"].strip(), []))
        elif line.startswith("#") or not line.strip():
            if entries and not line.startswith("#"):
                entries[-1][2].append("")
        elif entries and _CONTINUED.match(line):
            entries[-1][2].append(line.rstrip())
        elif not _is_known_without_space(line, entries):
            return None
    if quote:
        return _split(lines, form, is_quote_closed=False)
    return [(key, value, "\n".join(below).strip("\n")) for key, value, below in entries]


def _open_quote(value: str) -> str:
    """Return the quotation mark that *value* opens but does not close."""
    mark = value[:1]
    return mark if mark in ("'", '"') and mark not in value[1:] else ""


def _is_known_without_space(line: str, entries: list[tuple[str, str, list[str]]]) -> bool:
    """Add `title:Tolls`, which YAML rejects, to *entries*; return whether it was an entry."""
    key, colon, value = line.partition(":")
    is_entry = bool(colon) and plain_key(key) in _KNOWN
    if is_entry:
        entries.append((key, value.strip(), []))
    return is_entry


def _read_each(entries: Iterable[_Entry], read: Callable[[str, str], object]) -> dict[str, object]:
    """Return the value of each entry in use; a repeated key has its last value, as on sites."""
    values: dict[str, object] = {}
    for key, value, below in entries:
        name = plain_key(key)
        if name in _USED and (value or below):
            values[name] = read(value, below)
    return values


def _yaml_value(value: str, below: str) -> object:
    loaded = _loaded(f"k: {value}\n{below}\n")
    if isinstance(loaded, dict) and loaded.keys() == {"k"}:
        return loaded["k"]
    if below or value[:1] in "&*|>{":
        return None
    quoted = _QUOTED.fullmatch(value)
    return quoted[2] if quoted else value[len(_open_quote(value)) :]


def _toml_value(value: str, below: str) -> object:
    try:
        return tomllib.loads(f"k = {value}\n{below}\n")["k"]
    except (ValueError, RecursionError):
        quoted = _QUOTED.fullmatch(value)
        return None if below else quoted[2] if quoted else value


def _loaded(source: str) -> object:
    """Return the content of YAML with every value as a string; None if invalid or too long."""
    if len(source) > _LONGEST_YAML:
        return None
    try:
        # This loader makes no dates, numbers or objects, so that a hostile tag has no effect.
        return yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


_FORMS: Final = (
    (_YAML, _from_yaml),
    (_TOML, _from_toml),
    (_NAMED_JSON, _from_json),
    (_JSON, _from_json),
    (_PANDOC, _from_pandoc),
    (_HEADERS, _from_headers),
)
