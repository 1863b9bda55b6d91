"""Find a title for a text without one: the first line that reads like a heading."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.text.display import excerpt

from .head_lines import is_not_title
from .person_names import is_person_name
from .site_notices import is_outlet, is_section_name
from .title_parts import bare_title, is_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TITLE: Final = 120
"""The most code points of a line that may serve as a title."""

_BEGINNING: Final = 4096
"""Code points that are searched for a title."""
_FIRST_WORDS: Final = 80
"""The most code points of a title that is made from the first sentence."""
_WORDS_BELOW: Final = 4
"""The fewest words of a heading that make a single word above it the section's label."""
_WRAPPED: Final = 50
"""The shortest line, in code points, that may be half a sentence continued on the next line."""

_FENCE = re.compile(r"(?:```|~~~)")
_ATX = re.compile(r" {0,3}(#{1,6}|={1,6})[ \t]+(\S.*?)[ \t]*(?:#*|=*)[ \t]*")
"""A heading of Markdown, or of AsciiDoc and wikis."""
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_NO_HEADING = re.compile(r"[>|`<]|!\[|[-*+•] |\[\[?toc|\d+[.)] {2,}|:{3}", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TEMPLATE = re.compile(r"\{[{%].*[}%]\}")
"""A placeholder of a static site, such as `{{ page.title }}`."""
_LABEL = re.compile(
    r"(?:#\+|:)?(?:title|headline|subject|betreff|titel|titre|título|überschrift)\s*:\s+",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_ESCAPED = re.compile(r"\\([^\w\s])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(\S(?:.*\S)?)\1")

_SENTENCE_END = re.compile(
    r"(?:(?<!\.\.)[.。]|[,;:，；：])[\"'”’»)\]]*$|。.|[.!?] (?=[^\W\d_a-z]).{20}"
)
"""Punctuation that headings neither end in nor contain."""
_RUNS_ON = re.compile(
    r".*(?:[,;:–—-]|\b(?:the|an?|of|and|or|to|in|on|for|with|that|is|are|was|by|at|from|as|but"
    r"|der|die|das|und|von|zu|mit|le|la|les|de|du|des|et|el|los|las|que|y))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"untitled(?: (?:note|page|document|post)?)?[ \d()]*|unbenannt|sans titre|sin título|no title"
    r"|\(?none\)?|\S+\.(?:html?|txt|md|docx?|pdf|php)",
    re.IGNORECASE,
)
"""Titles that a program, not a person, writes into a note."""
_FILE_NAME = re.compile(
    r"microsoft (?:word|powerpoint) ?- ?.*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|pages)"
    r"|\S+\.(?:html?|txt|md|tex|dvi|php|aspx?)|\w+(?:_[\w-]+)+|(?=.*\d)[0-9a-f-]{12,}|[\W_]+|\d{5,}"
    r"|untitled.{0,20}|document ?\d*|doc\d+|title|new (?:tab|page|document)|scan\w*[ _-]?\d*|page"
    r"|dokument ?\d*|unbenannt|sans titre|sin título|no title|\(?none\)?|about:blank|slide \d+",
    re.IGNORECASE,
)
"""Titles that programs fill in if a file has none."""


@frozen
class _Line:
    """One line with words from the head of a text."""

    words: str
    """The line without Markdown's marks."""
    level: int
    """The level of a Markdown heading; 0 for other lines."""
    next: str
    """The line below it; empty if that line is blank."""
    is_labelled: bool = False
    """True if it follows a label such as `Headline:`."""
    is_marked: bool = False
    """True for a quotation, a list, an image or similar, which are not titles."""
    is_in_section: bool = False
    """True if it is directly below a line such as `Opinion`, or begins with such words."""


def find_title(text: str) -> str | None:
    """Return the first line of *text* that reads like a heading, else its first short line.

    A Markdown heading wins over other lines. Notices of a site, bylines, dates, URLs and labels
    are not titles.

    Returns:
        None if the text begins with a long paragraph or has no words.
    """
    lines = list(_lines(text[:_BEGINNING]))
    before_prose = list(takewhile(lambda line: line.level or not _is_prose(line), lines))
    top = [line for line in lines if line.level == 1]
    headings = [line for line in before_prose if line.level] or (top if len(top) == 1 else [])
    plain = [line for line in before_prose if _reads_like_heading(line)]
    labelled = [line for line in lines if line.is_labelled]
    candidates = (*headings, *labelled, *_without_labels(plain))
    if candidates:
        return bare_title(candidates[0].words)[:LONGEST_TITLE].strip()
    first = next((line for line in lines if not line.is_marked), None)
    if first is None or len(first.words) > LONGEST_TITLE:
        return None
    return _sentence(first) if _runs_on(first) else first.words


def _sentence(line: _Line) -> str:
    """Return the first words of a paragraph that begins with *line*."""
    return excerpt(f"{line.words} {_plain_words(line.next)}", _FIRST_WORDS)


def find_first_sentence(text: str) -> str | None:
    """Return the beginning of the first line of *text* that is not a notice; None without words."""
    line = next(_lines(text[:_BEGINNING]), None)
    return _sentence(line) if line is not None else None


def is_title(words: str) -> bool:
    """Return whether a file's title is a real one rather than a notice, file name or byline."""
    plain = words.strip()
    return bool(plain) and not _FILE_NAME.fullmatch(plain) and not is_not_title(plain)


def is_placeholder(words: str) -> bool:
    """Return whether *words*, the title of a note, were written by a program."""
    return bool(_PLACEHOLDER.fullmatch(words.strip()))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of *text* that may be a title or its first paragraph."""
    lines = _COMMENT.sub("", text).split("\n")
    is_code = is_in_section = False
    for number, line in enumerate(lines):
        if _FENCE.match(line.lstrip()):
            is_code = not is_code
            continue
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        atx = _ATX.fullmatch(line)
        words = _plain_words(atx[2] if atx else line.strip())
        is_word = any(map(str.isalnum, words)) and not _TEMPLATE.fullmatch(words)
        bare = bare_title(words)
        if len(bare) <= LONGEST_TITLE < len(words):
            words = bare  # too long only because of the site's additions
        if is_code or not is_word or is_not_title(words):
            is_in_section = is_section_name(words) or (is_in_section and not is_word)
            continue
        underline = _UNDERLINE.fullmatch(below)
        level = len(atx[1]) if atx else 0
        if underline and len(words) <= LONGEST_TITLE and not _SENTENCE_END.search(words):
            level, below = (1 if below.startswith("=") else 2), ""
        is_marked = bool(_NO_HEADING.match(line.strip())) and not level
        is_labelled = bool(_LABEL.match(line.strip("* \t")))
        is_in_section = is_in_section or not words.startswith(bare)
        yield _Line(words, level, below, is_labelled, is_marked, is_in_section)
        is_in_section = False


def _plain_words(line: str) -> str:
    """Return *line* without the marks of Markdown and a label such as `Title:`."""
    words = _ESCAPED.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", _ATTRIBUTES.sub("", line))))
    whole = _EMPHASIS.fullmatch(words.strip())
    return " ".join(_LABEL.sub("", whole[2] if whole else words, count=1).split())


def _is_prose(line: _Line) -> bool:
    """Return whether *line* begins a paragraph, so that the head of the text ends here."""
    return len(line.words) > LONGEST_TITLE or _runs_on(line)


def _reads_like_heading(line: _Line) -> bool:
    is_sentence = bool(_SENTENCE_END.search(line.words)) and not line.words.endswith("...")
    return line.level > 0 or not (line.is_marked or is_sentence or _is_prose(line))


def _runs_on(line: _Line) -> bool:
    """Return whether the sentence of *line* continues in the next one."""
    if not line.next or is_not_title(_plain_words(line.next)):
        return False
    goes_on = _plain_words(line.next)[:1].islower() or _RUNS_ON.fullmatch(line.words)
    is_wrapped = len(line.words) >= _WRAPPED and _WRAPPED <= len(line.next) <= LONGEST_TITLE
    return bool(goes_on) or is_wrapped


def _without_labels(lines: list[_Line]) -> list[_Line]:
    """Return *lines* without an outlet, an author and the label of a section before a heading."""
    while len(lines) > 1:
        words = lines[0].words
        below = [line.words for line in lines[1:] if not is_person_name(line.words)]
        is_label = (
            lines[0].is_in_section
            and is_topic(bare_title(words))
            and bool(below)
            and len(bare_title(below[0]).split()) >= _WORDS_BELOW
        )
        is_author = bool(below) and is_person_name(words)
        if not (is_outlet(words) or is_author or is_label):
            break
        lines = lines[1:]
    return lines
