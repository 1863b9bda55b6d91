"""Remove from a title its section, outlet, author, and a mail's `Fwd:`."""

from __future__ import annotations

import re
from typing import Final

from .site_notices import is_outlet, is_section_name

_BEGINS: Final = r"(?=[^\w\s]*(?:[^\W_a-zà-ÿ]\S*)\s+\S)"
"""A capital or a figure, and more than one word."""
_MAIL = re.compile(rf"(?i:(?:re|fwd?|aw|wg|tr|rv)\s?:\s+)+{_BEGINS}")
_BAR = re.compile(r"\s*[|│]\s*|\s+(?:[·•»]|::)\s+")
"""Separators that sites put between a title and their name, and authors do not use in titles."""
_DASH = re.compile(r"\s+[-–—]\s+(?!.*\s[-–—]\s)")
"""The last dash, which both sites and authors use."""
_LABEL: Final = (
    r"(?:(?:guest )?opinion|op-?ed|editorial|comment(?:ary)?|viewpoint|perspective|guest essay"
    r"|guest column|column|letter(?: to the editor)?|meinung|kommentar|gastbeitrag|gastkommentar"
    r"|leitartikel|kolumne|tribune|opini[óo]n|columna|chronique|édito(?:rial)?|point de vue)"
)
_LABEL_BEFORE = re.compile(rf"(?i:{_LABEL})\s?(?::|\s[-–—])\s+{_BEGINS}")
_LABEL_AFTER = re.compile(rf"\s+[(\[]{_LABEL}[)\]]\Z", re.IGNORECASE)
_WORD: Final = r"[A-Z][\w.'’&-]*"
_NAMES = re.compile(rf"{_WORD}(?: (?:{_WORD}|of|the|and|de|van|von|la|&)){{0,5}}")
_TOPIC = re.compile(
    r"[^\W\d_]+|(?:the )?[^\W\d_]+ (?:government|politics|news|education|policy|affairs|crisis"
    r"|change|rights|estate|media|care|health|transport|finance|money|life|style|relations|justice"
    r"|business|markets|economy|science|technology|security|environment|food|law|economics|east"
    r"|america|africa|asia|europe|nations|union)",
    re.IGNORECASE,
)
_FEWEST: Final = 2
"""The fewest words before a bar or a dash that make a title, so that an outlet after it goes."""

_LONGEST: Final = 400
"""The most code points of a title with its parts; a page's title can have any number of dashes."""


def bare_title(words: str) -> str:
    """Return the title *words* without section, outlet and author: `Opinion | X - The Post`.

    Words that may belong to the title stay: `Tolls - The Good and the Bad`.
    """
    if len(words) > _LONGEST:
        return words
    mail = _MAIL.match(words)
    bare = _without_outlet(_without_sections(words[mail.end() if mail else 0 :]))
    label = _LABEL_BEFORE.match(bare)
    bare = _LABEL_AFTER.sub("", bare[label.end() if label else 0 :])
    return bare.strip() if any(map(str.isalnum, bare)) else words


def _without_sections(title: str) -> str:
    """Return *title* without the parts between bars that do not belong to it."""
    bars = [match.span() for match in _BAR.finditer(title)]
    starts, ends = [0, *(end for _, end in bars)], [*(start for start, _ in bars), len(title)]
    parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    first = next((n for n, part in enumerate(parts) if not _is_apart(part)), 0)
    last = len(parts) - 1
    while last > first and _is_suffix(parts[last], parts[first]):
        last -= 1
    return title[starts[first] : ends[last]]


def _is_apart(part: str) -> bool:
    return is_section_name(part) or is_outlet(part)


def _is_suffix(part: str, title: str) -> bool:
    """Return whether *part*, after *title* and a bar, is the name of a site or of an author."""
    if is_section_name(part):
        return True
    is_long = len(title.split()) >= _FEWEST
    is_name = bool(_NAMES.fullmatch(part)) and not _NAMES.fullmatch(title.strip())
    return is_long and (is_outlet(part) or is_name)


def _without_outlet(title: str) -> str:
    """Return *title* without the outlet after a dash; a single word may be the title's own."""
    dash = _DASH.search(title)
    if dash is None:
        return title
    before, after = title[: dash.start()], title[dash.end() :].strip()
    is_sure = " " in after or "." in after or (after.isupper() and not title.isupper())
    is_site = (is_outlet(after) and is_sure) or (
        is_section_name(after) and after.lower() == "opinion"
    )
    return before if is_site and len(before.split()) >= _FEWEST else title


def is_topic(words: str) -> bool:
    """Return whether *words* read like the name of a section: `Transport`, `Local government`."""
    return bool(_TOPIC.fullmatch(words))
