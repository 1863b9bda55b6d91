"""Web pages: the article without what stands round it, by trafilatura."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from argmap.extracting._page_about import authors_of, title_of_article
from argmap.extracting._page_article import sign_blocks, signed_blocks, with_passages_between
from argmap.extracting._page_blocks import blocks_of
from argmap.extracting._page_styles import number_lists, unwrap_layout_tables
from argmap.extracting._reading import date_told, joined, reading, refuse, told
from argmap.formats import Extract, TextFormat
from argmap.text import normal_lines, text_from_bytes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from argmap.extracting._page_blocks import Block

LARGEST_PAGE: Final = 20_000_000
"""Characters of a page, without the pictures inside it."""

SHORTEST_ARTICLE: Final = 250
"""Characters; less than that is what stands round an article."""

LONGEST_ADDRESS: Final = 2000
"""Characters of the address of a page; one cut short would lead nowhere."""

_NO_ARTICLE: Final = "no article was found in it; copy its words into a text file"

_HEAD: Final = 10_000
"""Characters in which a page tells its language and where it was saved from."""

_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BEFORE: Final = rb"(?>\s|<\?xml[^>]*>|<!--(?>.*?-->))*+"
_BEGINNING = re.compile(
    _BEFORE + rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_ELEMENT = re.compile(_BEFORE + rb"<[a-z!]", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSETS = re.compile(
    r"iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|shift_jis|euc_(?:jp|kr)|iso2022_jp|gb\w+|big5\w*"
)
_PICTURE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]{64,}")
_LANGUAGE = re.compile(
    r"<html[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)"
)
_SAVED = re.compile(r"<!--[^>]{0,200}?(?:saved from url=\(\d+\)|\burl: )(https?://[^\s>]{1,2000})")
_CONTROL: Final = (
    r"(?:[\0-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[14-9]|2\d|3[01]|127)(?!\d)"
    r"|x0*(?:[0-8bef]|1[\da-f]|7f|fff[ef])(?![\da-f]));?)+"
)
"""Characters that no browser shows and no element can have, as they are or as references."""
_CONTROLS = re.compile(_CONTROL, re.IGNORECASE)
_FORM_FEED = re.compile(r"\f|&#(?:0*12(?!\d)|x0*c(?![\da-f]));?", re.IGNORECASE)
_BETWEEN_FIGURES = re.compile(rf"(?<=\d){_CONTROL}(?=\d)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_TOO_DEEP: Final = "Excessive depth"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

_STYLE: Final = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n', 'abcdefghijklmnopqrstuvwxyz')"
_UNSEEN: Final = (
    "display:none", "visibility:hidden", "font-size:0;", "font-size:0px;", "opacity:0;",
)  # fmt: skip
_INLINE: Final = (
    "abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "mark", "q",
    "s", "small", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
"""Elements that say nothing about which words are the article. Many of them cost much time."""

_FOR_LISTENERS: Final = r"(^|\s)(sr-only|screen-reader-\w+|visually-?hidden|off-screen)(\s|$)"
_EXSLT: Final = {"re": "http://exslt.org/regular-expressions"}
_HIDDEN: Final = [
    "//*[@hidden]",
    "//template",
    f"//*[re:test(@class, '{_FOR_LISTENERS}')]",
    *(f"//*[contains(concat({_STYLE}, ';'), '{words}')]" for words in _UNSEEN),
]
"""What a browser would not show. Only a page's own words say so; style sheets are not read."""


def _recognises(head: bytes, name: str) -> bool:
    if head.startswith(_MARKS[1:]):
        head = head.replace(b"\0", b"")
    for mark in _MARKS:
        head = head.removeprefix(mark)
    begins = _ELEMENT if name.lower().endswith(_SUFFIXES) else _BEGINNING
    return begins.match(head) is not None


def _read(content: bytes, where: str) -> Extract:
    page = _PICTURE.sub("data:,", _without_controls(_decoded(content, where)))
    if len(page) > LARGEST_PAGE:
        refuse(where, f"has more than {LARGEST_PAGE:,} characters; save the article alone")
    with reading(where, "HTML"):
        from lxml.etree import strip_tags
        from trafilatura import bare_extraction, extract_metadata
        from trafilatura.settings import Document

        tree = _tree(page, where)
        if tree is None or tree.find("body") is None:
            refuse(where, _NO_ARTICLE)
        # A date that is only guessed from the text would pass for one that the page tells;
        # and the same page gives the same document tomorrow.
        about = extract_metadata(
            tree,
            date_config={
                "original_date": True, "extensive_search": False, "max_date": "9999-12-31",
            },
        )  # fmt: skip
        title = title_of_article(tree, about.title, about.sitename)
        author = authors_of(tree, about.author)
        blocks = _blocks(tree)
        sign_blocks(blocks)
        strip_tags(tree, *_INLINE)
        for element in tree.iter():
            # Pieces side by side become one; to find very many of them takes minutes.
            element.text, element.tail = element.text, element.tail
        found = bare_extraction(tree, include_comments=False, include_formatting=False)
        chosen = signed_blocks((found.text or "") if isinstance(found, Document) else "", blocks)
        chosen = with_passages_between(blocks, chosen)
    text = joined([blocks[number].text for number in sorted(chosen)])
    if len(text) < SHORTEST_ARTICLE:
        refuse(where, _NO_ARTICLE)
    language, saved = _LANGUAGE.search(page, 0, _HEAD), _SAVED.search(page, 0, _HEAD)
    return Extract(
        text,
        title=told(title),
        author=told(author),
        publisher=told(about.sitename),
        published=date_told(about.date),
        url=_address(about.url) or (saved and _address(saved[1])) or None,
        language=language[1] if language else None,
    )


def _blocks(tree: HtmlElement) -> list[Block]:
    """Return the blocks of a page, and prepare the page for the choice among them."""
    for path in _HIDDEN:
        for element in tree.xpath(path, namespaces=_EXSLT):
            element.drop_tree()
    body = tree.find("body")
    unwrap_layout_tables(body)
    number_lists(body)
    return blocks_of(body)


def _tree(page: str, where: str) -> HtmlElement | None:
    """Return the page's elements; None where there are none."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree: HtmlElement = document_fromstring(_DECLARATION.sub("", page), parser=parser)
    except ParserError:
        return None
    if any(_TOO_DEEP in error.message for error in parser.error_log):
        # What lies deeper is left out by the parser without a word.
        refuse(where, "its elements lie too deep in each other; save the article alone")
    return tree


def _decoded(content: bytes, where: str) -> str:
    """Return the page: by its byte-order mark, in UTF-8 if it can be, else as it says.

    What says nothing true is read as texts are. Words that are UTF-8 are never anything
    else by chance, but pages often say what they are not.
    """
    if content.startswith(_MARKS):
        return text_from_bytes(content, where)
    try:
        page = content.decode()
    except UnicodeDecodeError:
        page = _as_it_says(content) or text_from_bytes(content, where)
    return normal_lines(page)


def _without_controls(page: str) -> str:
    """Return *page* without control characters; two figures with one between them stay two."""
    if _CONTROLS.search(page):
        page = _CONTROLS.sub("", _BETWEEN_FIGURES.sub(" ", page))
    return _FORM_FEED.sub(" ", page)


def _as_it_says(content: bytes) -> str | None:
    said = _CHARSET.search(content[:4096])
    try:
        charset = codecs.lookup(said[1].decode()).name if said else ""
        # As browsers do: what is called Latin-1 is Windows-1252.
        charset = "cp1252" if charset == "iso8859-1" else charset
        return content.decode(charset) if _CHARSETS.fullmatch(charset) else None
    except (LookupError, UnicodeDecodeError):
        return None


def _address(value: object) -> str | None:
    address = value.strip() if isinstance(value, str) else ""
    return address if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address) else None


FORMAT: Final = TextFormat("html", "Web page", _SUFFIXES, _recognises, _read, is_text=True)
