"""The title and the authors of the article on a web page."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from argmap.op_eds.site_notices import is_section_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LARGEST_DATA: Final = 500_000
"""The most characters of structured data to read; articles have a few thousand."""

_MOST_PARTS: Final = 2000
_MOST_HEADINGS: Final = 100
_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«]|-|::)\s+|\s*\|\s*")
_OTHER_THAN_LETTERS = re.compile(r"[\W_]+")

_AUTHOR_KEYS: Final = frozenset({
    "article:author", "author", "authors", "byl", "citation_author", "dc.creator",
    "dcterms.creator", "parsely-author", "sailthru.author",
})  # fmt: skip
_BY = re.compile(
    r"^(?:(?:written\s+|text\s+)?by|par|von|por|di|door|texte?|autor(?:in|a)?|автор|текст)\s*(?::\s*|\s)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d|[<>{}]|\b(?:admin|administrator|author|authority|by|contributors?|guest"
    r"|posted|unknown|updated|username|version|webmaster"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|january|february|march|june|july|august|september|october|november|december)\b|^作者$",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset({
    "al", "and", "ap", "bin", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "e", "el", "et", "ibn", "la", "le", "los", "of", "ten", "ter", "the", "und",
    "van", "vom", "von", "y", "zu", "zum", "zur",
})  # fmt: skip
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_NAME: Final = 60
_AFTER_NAME = re.compile(
    r"(?<=\w)(?:\s+(?:Jan|Feb|Mar|Apr|April|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Follow|Link Copied"
    r"|C[ETF]O|Staff (?:Writer|Reporter)|(?:The )?Associated Press)|\s*[·•|].*)$"
)
"""Text after the name in a byline: a month, a button or a position."""

_OFFICES: Final = (
    r"writers?|editors?|reporters?|correspondents?|columnists?|staff|press|news|business|insider"
    r"|cnn|ap|afp|reuters|bloomberg"
)
_OFFICE_AFTER_NAME = re.compile(rf",\s+(?:[^,;]*\b(?:{_OFFICES})\b[^,;]*|\S+\.com)$", re.IGNORECASE)
_NO_PERSON = re.compile(
    rf"\b(?:{_OFFICES}|com|desk|developers|fellow|post|service|sport|submissions|team|telegraph"
    r"|times|weekly)\b|[●：／《》、]",
    re.IGNORECASE,
)
"""Words that name an office, a newspaper or a part of one, and so not a person."""

_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")
"""A name in a script without spaces between words."""


def authors_of(tree: HtmlElement, guess: str | None) -> str | None:
    """Return the authors in a page's metadata, or *guess* if it reads like names.

    A guess is based on the names of elements, which often contain other words, and a wrong author
    is worse than none.
    """
    for names in (_in_data(tree), _in_metas(tree)):
        declared = _distinct(_OFFICE_AFTER_NAME.sub("", _BY.sub("", name)) for name in names)
        declared = [name for name in declared if not _NO_NAME.search(name)]
        if declared:
            return "; ".join(declared)
    guessed = [_name_in(words) for words in _distinct((guess or "").split(";"))]
    # An office or a degree after the names is separated from them like another name.
    guessed = [name for name in guessed if not (name.isupper() and " " not in name)]
    return "; ".join(guessed) if guessed and all(map(_reads_like_name, guessed)) else None


def _name_in(words: str) -> str:
    """Return *words* of a byline without the text before and after the name."""
    whole = _BY.sub("", words)
    name = _AFTER_NAME.sub("", whole)
    return name if " " in name else whole  # May is also a name


def title_of_article(
    tree: HtmlElement, guess: str | None, publisher: str | None, authors: str | None
) -> str | None:
    """Return the title of a page's article, without the site and the *authors*.

    *guess* is the title that a library found. If the page declares no title, the guess may be the
    heading of another part of the page, which the page's own title does not contain.
    """
    whole = " ".join("".join(tree.xpath("string(//head/title)")).split())
    title = " ".join((guess or "").split())
    declared = tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")
    is_known = bool(declared) or _letters(title) in _letters(whole)
    is_label = is_section_name(title) or _letters(title) == _letters(publisher)
    if whole and (not title or not is_known or is_label):
        title = max(_SEPARATOR.split(whole), key=len)
    title = _without_name_of_blog(tree, title, whole)
    return _without_names(_without_site(title, publisher), authors) or None


def _without_name_of_blog(tree: HtmlElement, title: str, whole: str) -> str:
    """Return the heading of an article on a page with the title `Blog: heading`."""
    rest = whole.removeprefix(f"{title}: ")
    if not title or rest == whole:
        return title
    headings = (" ".join(each.text_content().split()) for each in tree.iter("h1", "h2", "h3"))
    return rest if rest in islice(headings, _MOST_HEADINGS) else title


def _without_names(title: str, authors: str | None) -> str:
    """Return *title* without the authors at its end."""
    separators = list(_SEPARATOR.finditer(title))
    end = _letters(title[separators[-1].end() :]) if separators else ""
    is_names = bool(end) and end == _letters(authors)
    return title[: separators[-1].start()].strip() if is_names else title


def _without_site(title: str, publisher: str | None) -> str:
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return title
    site, end = _letters(publisher), _letters(title[separators[-1].end() :])
    is_site = bool(site and end) and (site.startswith(end) or end.startswith(site))
    return title[: separators[-1].start()].strip() if is_site else title


def _letters(text: str | None) -> str:
    return _OTHER_THAN_LETTERS.sub("", text or "").casefold()


def _reads_like_name(name: str) -> bool:
    if _CHINESE.fullmatch(name):
        return not _NO_NAME.search(name)
    words = name.split()
    if len(words) < 2 or _NO_PERSON.search(name):  # noqa: PLR2004  (one word is often a label)
        return False
    letters = [match[0] for word in words if (match := _FIRST_LETTER.search(word))]
    if len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return False
    return all(
        not letter.islower() or word.lower() in _PARTICLES
        for word, letter in zip(words, letters, strict=False)
    )


def _distinct(names: Iterator[str] | list[str]) -> list[str]:
    """Return *names* without empty ones and those that differ only in capitals."""
    distinct: dict[str, str] = {}
    for name in names:
        words = " ".join(name.split())
        distinct.setdefault(words.casefold(), words)
    return [name for name in distinct.values() if name]


def _in_metas(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iterfind(".//meta[@content]"):
        key = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if key.lower() in _AUTHOR_KEYS:
            yield meta.get("content")


def _in_data(tree: HtmlElement) -> Iterator[str]:
    """Yield the names of authors in the JSON-LD of a page."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        written = script.text or ""
        if len(written) > _LARGEST_DATA:
            continue
        try:
            data = json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _authors_in(data)


def _authors_in(data: object) -> Iterator[str]:
    parts: list[Any] = [data]
    for _ in range(_MOST_PARTS):
        if not parts:
            return
        part = parts.pop(0)
        if isinstance(part, list):
            parts.extend(part)
        elif isinstance(part, dict):
            parts.append(part.get("@graph"))
            if re.search(r"Article|Posting|Report|Review", str(part.get("@type"))):
                yield from _names_in(part.get("author"))


def _names_in(author: object) -> Iterator[str]:
    for each in author if isinstance(author, list) else [author]:
        name = each.get("name") if isinstance(each, dict) else each
        for word in name if isinstance(name, list) else [name]:
            if isinstance(word, str):
                yield word
