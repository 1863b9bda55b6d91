"""Read web pages: the article without its surroundings, by trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from argmap.extracting._reading import (
    clean_date,
    clean_value,
    join_paragraphs,
    quiet_library,
    refuse,
)
from argmap.formats.registry import Extract, TextFormat
from argmap.text.encodings import character_notices

from .about import authors_of, title_of_article
from .article import sign_blocks, signed_blocks, with_passages_between
from .blocks import blocks_of
from .encoding import MARKS, decode_page, without_long_programs
from .notices import without_notices
from .styles import number_lists, unwrap_layout_tables

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from .blocks import PageBlock

LARGEST_PAGE: Final = 20_000_000
"""The most characters of a page, without embedded images."""

MOST_WORDS: Final = 5_000_000
"""The most characters of text on a page; four times as many take minutes."""

SHORTEST_ARTICLE: Final = 250
"""The fewest characters of an article; a shorter text is only the article's surroundings."""

LONGEST_ADDRESS: Final = 2000
"""The longest URL of a page, in characters; a shortened URL would not work."""

_NO_ARTICLE: Final = "has no article that can be found; copy its text into a text file"

_HEAD: Final = 10_000
"""Characters at the start of a page with its language and original URL."""

_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_BEFORE: Final = rb"(?>\s|<\?xml[^>]*>|<!--(?>.*?-->))*+"
_BEGINNING = re.compile(
    _BEFORE + rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_ELEMENT = re.compile(_BEFORE + rb"<[a-z!]", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]{64,}")
_LANGUAGE = re.compile(
    r"<html[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)"
)
_SAVED = re.compile(r"<!--[^>]{0,200}?(?:saved from url=\(\d+\)|\burl: )(https?://[^\s>]{1,2000})")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_LOST: Final = {
    "Excessive depth": "its elements are nested too deeply",
    "Resource limit": "a part of it has more than ten million characters",
}
"""The parser's messages when it skips the end of a page, with the reason."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

_STYLE: Final = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz')"
_UNSEEN: Final = (
    "display:none", "visibility:hidden", "font-size:0;", "font-size:0px;", "opacity:0;",
)  # fmt: skip
_INLINE: Final = (
    "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "mark", "q",
    "s", "small", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
"""Elements that do not show which text is the article, and cost much time."""

_FOR_LISTENERS: Final = r"(^|\s)(sr-only|screen-reader-\w+|visually-?hidden|off-screen)(\s|$)"
_EXSLT: Final = {"re": "http://exslt.org/regular-expressions"}
_HIDDEN: Final = [
    "//*[@hidden]",
    "//template",
    f"//*[re:test(@class, '{_FOR_LISTENERS}')]",
    *(f"//*[contains(concat({_STYLE}, ';'), '{words}')]" for words in _UNSEEN),
]
"""XPaths of elements that a browser would not show. Style sheets are not read."""


def _recognises(head: bytes, name: str) -> bool:
    if head.startswith(MARKS[1:]):
        head = head.replace(b"\0", b"")
    for mark in MARKS:
        head = head.removeprefix(mark)
    begins = _ELEMENT if name.lower().endswith(_SUFFIXES) else _BEGINNING
    return begins.match(head) is not None


def _read(content: bytes, where: str) -> Extract:
    page, notices = decode_page(content, where)
    page = without_long_programs(_PICTURE.sub("data:,", page))
    if len(page) > LARGEST_PAGE:
        refuse(where, f"has more than {LARGEST_PAGE:,} characters; save only the article")
    with quiet_library(where, "HTML"):
        from lxml.etree import strip_tags
        from trafilatura import bare_extraction, extract_metadata
        from trafilatura.settings import Document

        tree = _tree(page, where)
        if tree is None or tree.find("body") is None:
            refuse(where, _NO_ARTICLE)
        # A date guessed from the text would look like one that the page declares. And the
        # latest date is fixed, so that a page gives the same document on any day.
        about = extract_metadata(
            tree,
            date_config={
                "original_date": True, "extensive_search": False, "max_date": "9999-12-31",
            },
        )  # fmt: skip
        author = authors_of(tree, about.author)
        title = title_of_article(tree, about.title, about.sitename, author)
        blocks = _blocks(tree)
        if sum(len(block.text) for block in blocks) > MOST_WORDS:
            refuse(where, f"has more than {MOST_WORDS:,} characters of text; save only the article")
        sign_blocks(blocks)
        strip_tags(tree, *_INLINE)
        for element in tree.iter():
            # This joins adjacent pieces of text; with very many of them a search takes minutes.
            element.text, element.tail = element.text, element.tail
        found = bare_extraction(tree, include_comments=False, include_formatting=False)
        chosen = signed_blocks((found.text or "") if isinstance(found, Document) else "", blocks)
        chosen = without_notices(blocks, with_passages_between(blocks, chosen))
    text = join_paragraphs([blocks[number].text for number in sorted(chosen)])
    if len(text) < SHORTEST_ARTICLE:
        refuse(where, _NO_ARTICLE)
    language, saved = _LANGUAGE.search(page, 0, _HEAD), _SAVED.search(page, 0, _HEAD)
    return Extract(
        text,
        title=clean_value(title),
        author=clean_value(author),
        publisher=clean_value(about.sitename),
        published=clean_date(about.date),
        url=_address(about.url) or (saved and _address(saved[1])) or None,
        language=language[1] if language else None,
        warnings=character_notices(text, notices),
    )


def _blocks(tree: HtmlElement) -> list[PageBlock]:
    """Return the blocks of a page, and prepare the page for selecting the article."""
    for path in _HIDDEN:
        for element in tree.xpath(path, namespaces=_EXSLT):
            element.drop_tree()
    body = tree.find("body")
    unwrap_layout_tables(body)
    number_lists(body)
    return blocks_of(body)


def _tree(page: str, where: str) -> HtmlElement | None:
    """Return the element tree of a page; None if it is empty."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree: HtmlElement = document_fromstring(_DECLARATION.sub("", page), parser=parser)
    except ParserError:
        return None
    for error in parser.error_log:
        for message, reason in _LOST.items():
            if message in error.message:
                refuse(where, f"{reason}; save only the article")
    return tree


def _address(value: object) -> str | None:
    address = value.strip() if isinstance(value, str) else ""
    return address if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address) else None


FORMAT: Final = TextFormat("html", "Web page", _SUFFIXES, _recognises, _read, is_text=True)
