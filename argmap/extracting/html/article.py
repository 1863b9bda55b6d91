"""Select the blocks of a web page that belong to its article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from .blocks import PageBlock

_TEXT: Final = frozenset({"p", "div", "td", "center", "h2", "body"})
_LISTS: Final = frozenset({
    "ul", "ol", "li", "dl", "dd", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "td",
    "th",
})  # fmt: skip
_SURROUNDINGS: Final = frozenset({"nav", "footer", "form", "menu", "dialog"})
_SURROUNDING = re.compile(
    r"""(?<![a-z])(?:
    ads?|advert\w*|affiliate|author|banner|bio|breadcrumbs?|btn|button|byline|comments?|consent
    |cookies?|copyright|credits?|deal|carousel|editsection|footer|gallery|hidden|hide|interactive|lightbox|login|menu|meta|modal|most
    |nav\w*|newsletter|noprint|outbrain|pag(?:er|ination)|popular|popup|print|product|promo\w*
    |rat(?:e|ing)|recirc\w*|recommend\w*|related|shar(?:e|ing)|sidebar|sign(?:in|up)|slideshow|social
    |sponsor\w*|subscri\w*|taboola|tags?|teaser|timestamp|toc|toolbar|trending|widget
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_ADVERTISEMENT = re.compile(
    r"(?:(?:scroll|story|article) (?:to )?continues? (?:below|reading))?\W*"
    r"(?:advert\w*|ads?|sponsored(?: links?)?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"related(?: \w+)?|loading\W*|close|caption|(?:\w+ )?\d+ of \d+|media playback .*",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]\W*$")
_OPENING_MARKS: Final = frozenset('"“„‘«‹「『')
_SHORT: Final = 30
"""The shortest block, in characters, that is not a label, unless it is a sentence."""
_ENOUGH: Final = 2
"""Paragraphs of the article in elements of one kind that make others of that kind part of it."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")

# A sign of cuneiform letters survives the processing by libraries: they are printable, have
# one Unicode form, and no page in a living language contains them.
_FIRST: Final = 0x12000
_RADIX: Final = 0x380
_LEAD: Final = "\U00012400"
_SIGN = re.compile(f"{_LEAD}([{chr(_FIRST)}-{chr(_FIRST + _RADIX - 1)}]{{3}})")
_MOST: Final = _RADIX**3


def sign_blocks(blocks: Sequence[PageBlock]) -> None:
    """Insert a sign into the text of each of *blocks*, for `signed_blocks` to find."""
    for number, block in enumerate(blocks[:_MOST]):
        for node, is_tail in block.nodes:
            words = (node.tail if is_tail else node.text) or ""
            rest = words.lstrip()
            signed = words[: len(words) - len(rest)] + _sign(number) + rest
            if is_tail:
                node.tail = signed
            else:
                node.text = signed


def signed_blocks(text: str, blocks: Sequence[PageBlock]) -> set[int]:
    """Return the indices of the *blocks* whose signs are in *text*."""
    numbers = {_number(match[1]) for match in _SIGN.finditer(text)}
    return {number for number in numbers if number < len(blocks)}


def _sign(number: int) -> str:
    high, low = divmod(number, _RADIX)
    highest, high = divmod(high, _RADIX)
    return _LEAD + "".join(chr(_FIRST + digit) for digit in (highest, high, low))


def _number(letters: str) -> int:
    highest, high, low = (ord(letter) - _FIRST for letter in letters)
    return (highest * _RADIX + high) * _RADIX + low


def with_passages_between(blocks: Sequence[PageBlock], chosen: set[int]) -> set[int]:
    """Return *chosen* with the blocks of the article that the library missed.

    A block between two blocks of the article, in an element that contains both, belongs to it,
    unless it looks like something else: a list of links, an advertisement or a form. Sentences
    before the first block and after the last one, in elements of the same kind, belong to it too.
    """
    passages = _Passages(blocks, chosen)
    if passages.chosen:
        passages.add_edges()
        passages.add_between()
    return passages.chosen


class _Passages:
    """The blocks of an article, and the candidates that may also belong to it."""

    def __init__(self, blocks: Sequence[PageBlock], chosen: set[int]) -> None:
        self.chosen = {n for n in chosen if not _ADVERTISEMENT.fullmatch(blocks[n].text)}
        self._blocks = blocks
        self._spans = _spans(blocks, self.chosen)
        self._surroundings: dict[HtmlElement, bool] = {}

    def add_edges(self) -> None:
        """Add the sentences before the first block and after the last one."""
        first, last = min(self.chosen), max(self.chosen)
        homes = Counter(home for number in self.chosen for home in _homes(self._blocks[number]))
        scope = next(self._blocks[first].parent.iterancestors("article", "main", "body"), None)
        title = max((n for n in range(first) if self._blocks[n].parent.tag == "h1"), default=first)
        edges = [*range(first), *range(last + 1, len(self._blocks))]
        added = {
            number
            for number in edges
            if (title < number < first or self._is_at_home(number, homes))
            and self._is_sentence(number)
            and scope in self._blocks[number].parent.iterancestors()
            and self._host(number) is not None
        }
        self.chosen |= added
        self._spans = _spans(self._blocks, self.chosen)
        self._add_neighbours(range(min(self.chosen) - 1, -1, -1))
        self._add_neighbours(range(max(self.chosen) + 1, len(self._blocks)))

    def _add_neighbours(self, numbers: range) -> None:
        """Add the blocks of *numbers*, up to one that does not continue the article."""
        for number in numbers:
            block, host = self._blocks[number], self._host(number)
            is_sibling = host is not None and host in _nearest(block)
            is_item = host is not None and host.tag in _LISTS
            if not is_sibling or not (is_item or _ENDS_SENTENCE.search(block.text)):
                return
            self.chosen.add(number)

    def add_between(self) -> None:
        """Add the missed blocks that are between two blocks of the article."""
        for number, block in enumerate(self._blocks):
            if number not in self.chosen and not _is_label(block) and self._is_between(number):
                self.chosen.add(number)

    def _is_between(self, number: int) -> bool:
        block, host = self._blocks[number], self._host(number)
        if host is None:
            return False
        if host.tag in _LISTS and 2 * block.linked <= len(block.text):
            return True
        # Only a sentence at the depth of the article can be between its outer parts.
        is_sibling = host in _nearest(block)
        is_table = block.parent.tag == "table"  # a data table; layout tables were unwrapped
        is_part = is_table or (is_sibling and _ENDS_SENTENCE.search(block.text))
        hosts = (host, *host.iterancestors()) if is_part else (host,)
        spans = (self._spans[element] for element in hosts)
        return any(first < number < last for first, last in spans)

    def _is_at_home(self, number: int, homes: Counter[object]) -> bool:
        return any(homes[home] >= _ENOUGH for home in _homes(self._blocks[number]))

    def _is_sentence(self, number: int) -> bool:
        block = self._blocks[number]
        return (
            block.parent.tag in _TEXT
            and len(block.text) > _SHORT
            and bool(_ENDS_SENTENCE.search(block.text))
        )

    def _host(self, number: int) -> HtmlElement | None:
        """Return the innermost element that contains the block and others of the article.

        None if the block, or an element between it and that one, is marked as no part of the
        article.
        """
        block = self._blocks[number]
        is_quoted = False
        element = block.parent
        while element is not None and element not in self._spans:
            is_quoted = is_quoted or element.tag == "blockquote"
            if element.tag == "aside" and block.linked:
                return None
            if not is_quoted and self._is_surrounding(element):
                return None
            element = element.getparent()
        if 2 * block.linked <= len(block.text) or (element is not None and element.tag in _LISTS):
            return element
        is_sibling = element in (block.parent, block.parent.getparent())
        return element if is_sibling and block.text.endswith(".") else None

    def _is_surrounding(self, element: HtmlElement) -> bool:
        if element not in self._surroundings:
            self._surroundings[element] = _is_surrounding(element)
        return self._surroundings[element]


def _homes(block: PageBlock) -> list[object]:
    """Return the element with the words of *block*, and the kind of its parent."""
    parent = block.parent.getparent()
    kind: list[object] = [] if parent is None else [(parent.tag, parent.get("class"))]
    return kind if block.parent.tag == "p" else [block.parent, *kind]


def _nearest(block: PageBlock) -> list[HtmlElement]:
    """Return the elements in which *block* follows others: its own and the parent.

    Elements of lists and quotations are skipped.
    """
    element = block.parent
    round_it = element.getparent()
    while round_it is not None and (element.tag in _LISTS or round_it.tag in _LISTS):
        element, round_it = round_it, round_it.getparent()
    return [block.parent, element, *islice(element.iterancestors(), 1)]


def _is_label(block: PageBlock) -> bool:
    """Return whether *block* is only a label, such as "Advertisement"."""
    if _ADVERTISEMENT.fullmatch(block.text) or _LABEL.fullmatch(block.text):
        return True
    if block.text[0] in _OPENING_MARKS:
        return False
    is_loose = block.parent.tag in {"div", "section", "aside", "body"}
    return is_loose and len(block.text) < _SHORT and not _ENDS_SENTENCE.search(block.text)


def _spans(blocks: Sequence[PageBlock], chosen: set[int]) -> dict[HtmlElement, tuple[int, int]]:
    """Return the first and the last *chosen* block in each element with any."""
    spans: dict[HtmlElement, tuple[int, int]] = {}
    for number in sorted(chosen):
        parent = blocks[number].parent
        for element in (parent, *parent.iterancestors()):
            spans[element] = (spans[element][0] if element in spans else number, number)
    return spans


def _is_surrounding(element: HtmlElement) -> bool:
    """Return whether *element* is marked as no part of the article."""
    if element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None:
        return False  # it names the person quoted
    if element.tag in _SURROUNDINGS:
        return True
    names = " ".join(element.get(key) or "" for key in ("class", "id", "role"))
    return bool(names and _SURROUNDING.search(_CAPITAL.sub("-", names)))
