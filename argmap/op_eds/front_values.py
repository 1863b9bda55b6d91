"""The values of front matter as notes, clippers and static sites write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from argmap.model.faults import text_faults
from argmap.text.display import and_list

from .loose_dates import date_from_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LONGEST: Final = 1000
"""The most code points of a value; a longer one is neither a title nor a name."""
_MOST_NAMES: Final = 20
"""The most entries of a list that are read: a list may refer to itself and never end."""

KEYS: Final = {
    "title": ("title", "headline", "titel", "titre", "título", "titulo", "titolo", "标题", "標題"),
    "author": (
        "author", "authors", "byline", "by", "creator", "creators", "writer", "autor", "autoren",
        "auteur", "auteurs", "autores", "autore", "作者",
    ),
    "published": (
        "published", "date_published", "publish_date", "published_date", "published_at",
        "published_on", "published_time", "publication_date", "pubdate", "pub_date", "posted",
        "issued", "date", "datum", "fecha", "data",
    ),
    "url": (
        "url", "source_url", "original_url", "canonical_url", "canonical", "link", "permalink",
        "address", "uri", "source", "quelle", "fonte", "fuente", "bron",
    ),
    "publisher": (
        "publisher", "publication", "outlet", "newspaper", "journal", "magazine", "site_name",
        "site", "website", "source", "quelle", "fonte", "fuente", "bron",
    ),
    "language": ("lang", "language", "locale"),
}  # fmt: skip
"""The keys that other programs use for each of our fields, the most reliable first.

Keys for the time at which a note was created, changed or clipped are left out: the op-ed
appeared at another time.
"""

OTHER_KEYS: Final = frozenset([
    "aliases", "alias", "archived", "categories", "category", "clipped", "comments", "cover",
    "created", "created_at", "creation_date", "cssclass", "cssclasses", "date_added",
    "date_created", "date_modified", "date_saved", "description", "draft", "excerpt", "extra",
    "featured_image", "full_title", "id", "image", "keywords", "last_modified", "lastmod",
    "layout", "math", "menu", "meta", "modified", "params", "pin", "publish", "saved", "sha256",
    "slug", "status", "subtitle", "summary", "tag", "tags", "taxonomies", "template",
    "thumbnail", "toc", "topic", "topics", "type", "uid", "updated", "updated_at", "uuid",
    "weight",
])  # fmt: skip
"""Further keys that identify a block as front matter."""

NESTED: Final = ("params", "extra", "taxonomies")
"""Tables in which Hugo and Zola keep custom keys."""

_NOTHING: Final = frozenset(
    ["", "null", "~", "none", "n/a", "na", "nil", "undefined", "nan", "-", "true", "false", "tbd"]
)
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(<?([^\s()]*)>?[^()]*\)")
_MAIL = re.compile(r"\s*[<(][^<>()\s]+@[^<>()\s]+[>)]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def read_known_values(entries: Mapping[str, object]) -> dict[str, str]:
    """Return the values of the known keys among *entries*, named as in `Document`.

    Where a value cannot be read, the next key with the same meaning is used.

    Args:
        entries: By key, in the form of `plain_key`.
    """
    nested = [table for key in NESTED if isinstance(table := entries.get(key), dict)]
    tables = [entries, *({plain_key(k): v for k, v in t.items()} for t in nested)]
    values: dict[str, str] = {}
    for name, keys in KEYS.items():
        read = _READERS[name]
        given = (table[key] for table in tables for key in keys if key in table)
        value = next((value for value in map(read, given) if value), None)
        if value is not None:
            values[name] = value
    return values


def plain_key(key: object) -> str:
    """Return *key* in small letters with `_` between its words: `Site Name` is `site_name`."""
    return re.sub(r"[\s_-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(key))).lower()


def _text(value: object) -> str | None:
    """Return the words of a value without links; None if it has none or is not a single value."""
    if isinstance(value, list) and len(value) == 1:
        [value] = value
        if isinstance(value, list) and len(value) == 1:
            [value] = value  # `[[Jo Bloggs]]` without quotation marks is a list in a list
    if isinstance(value, dt.date | dt.time):
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**_MOST_NAMES else ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    words = _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", " ".join(value.split()))).strip()
    if words.lower() in _NOTHING or any(text_faults("", words)):
        return None
    return words


def _names(value: object, depth: int = 0) -> Iterable[str]:
    """Yield the people in *value*: words, a list of them, or mappings with a name."""
    if isinstance(value, list) and depth < 3:  # noqa: PLR2004  (a list in a list is a wiki link)
        for entry in value[:_MOST_NAMES]:
            yield from _names(entry, depth + 1)
        return
    if isinstance(value, dict):
        by_key = {plain_key(key): _text(part) for key, part in list(value.items())[:_MOST_NAMES]}
        parts = [
            by_key.get("given") or by_key.get("first"),
            by_key.get("family") or by_key.get("last"),
        ]
        whole = next((by_key[key] for key in ("name", "literal", "title") if by_key.get(key)), None)
        value = whole or " ".join(filter(None, parts))
    for words in (_text(value) or "").split(";"):
        name = re.sub(r"^by:?\s+", "", _MAIL.sub("", words).strip(), flags=re.IGNORECASE)
        if name and not _ADDRESS.fullmatch(name):
            yield name


def _author(value: object) -> str | None:
    return and_list(dict.fromkeys(_names(value))) or None


def _date(value: object) -> str | None:
    words = _text(value)
    return date_from_words(words) if words else None


def _address(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, str) and (link := _LINK.fullmatch(value.strip())):
        value = link[2]
    words = (_text(value) or "").strip("<>")
    return words if _ADDRESS.fullmatch(words) else None


def _publisher(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    words = _text(value)
    if words is None or "://" in words or _ADDRESS.fullmatch(words):
        return None
    # `source: readwise` and `source: web` name a program or a kind, not an outlet.
    return None if re.fullmatch(r"[a-z]+", words) else words


def _language(value: object) -> str | None:
    words = _text(value)
    return words.replace("_", "-") if words and _LANGUAGE.fullmatch(words) else None


_READERS: Final[dict[str, Callable[[object], str | None]]] = {
    "title": _text,
    "author": _author,
    "published": _date,
    "url": _address,
    "publisher": _publisher,
    "language": _language,
}
