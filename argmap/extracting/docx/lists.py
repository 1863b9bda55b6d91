"""Number the list items of Word documents, whose files omit the numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from argmap.extracting._numbers import format_number

from .elements import child, local_name, number, switch, value
from .signs import bullet

if TYPE_CHECKING:
    from .styles import ListPlace, Styles

_LEVELS: Final = 9
_PLACE = re.compile(r"%([1-9])")
_FIGURES: Final = ("decimal", "decimalZero", "none")
_LONGEST_MARK: Final = 100
_MOST_LINKS: Final = 10
"""The most definitions to follow from list to list; more are a cycle."""


@frozen
class Level:
    """The marks for the items of one level of a list."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    """The level, from 1, whose items restart the numbering of this one.

    0 if none does, None if any higher level does.
    """
    is_legal: bool = False
    """True if the numbers of higher levels are written as figures here."""
    style: str = ""
    """The paragraph style that puts paragraphs on this level."""


@frozen
class Numbering:
    """A list: the marks of its levels, and the count that it shares with other lists."""

    counted_as: str
    levels: dict[int, Level]
    restarts: dict[int, int]
    """Levels that restart at the beginning of this list, with their first numbers."""


@define
class Lists:
    """The lists of a document, and their current counts."""

    _styles: Styles
    _numberings: dict[str, Any] = field(factory=dict)
    _definitions: dict[str, Any] = field(factory=dict)
    _known: dict[str, Numbering | None] = field(factory=dict)
    _counts: dict[str, list[int | None]] = field(factory=dict)
    _begun: set[tuple[str, int]] = field(factory=set)
    unknown_forms: set[str] = field(factory=set)
    """Number formats that were replaced by figures."""

    @classmethod
    def from_part(cls, root: Any | None, styles: Styles) -> Lists:  # noqa: ANN401  (lxml has no types)
        """Return the lists in the part *root*; none if there is no such part."""
        lists = cls(styles)
        for element in () if root is None else root:
            if local_name(element) == "num":
                lists._numberings.setdefault(value(element, "numId") or "", element)
            elif local_name(element) == "abstractNum":
                lists._definitions.setdefault(value(element, "abstractNumId") or "", element)
        return lists

    def mark(self, place: ListPlace) -> str:
        """Count a paragraph at *place* and return its mark; empty if it has none."""
        numbering = self._numbering(place.list_id)
        if numbering is None:
            return ""
        number_of_level = _level_at(place, numbering)
        level = numbering.levels.get(number_of_level)
        if level is None:
            return ""
        counts = self._counts.setdefault(numbering.counted_as, [None] * _LEVELS)
        self._count(place.list_id, numbering, number_of_level, counts)
        if level.form == "bullet":
            return bullet(level.text)
        return self._in_words(level, numbering, counts)

    def _count(
        self, list_id: str, numbering: Numbering, current: int, counts: list[int | None]
    ) -> None:
        before = counts[current]
        level = numbering.levels[current]
        counts[current] = level.start if before is None else before + 1
        if current in numbering.restarts and (list_id, current) not in self._begun:
            counts[current] = numbering.restarts[current]
        self._begun.add((list_id, current))
        for deeper in range(current + 1, _LEVELS):
            after = numbering.levels.get(deeper, Level()).restarts_after
            if after is None or current < after:
                counts[deeper] = None

    def _in_words(self, level: Level, numbering: Numbering, counts: list[int | None]) -> str:
        def one(match: re.Match[str]) -> str:
            """Return the number of one of the levels."""
            place = int(match[1]) - 1
            other = numbering.levels.get(place, Level())
            count = counts[place]
            count = other.start if count is None else count
            form = other.form
            if level.is_legal and form not in _FIGURES:
                form = "decimal"
            written = "" if form == "bullet" else format_number(count, form)
            if written is None:
                self.unknown_forms.add(form)
                return str(count)
            return written

        return _PLACE.sub(one, level.text).strip()

    def _numbering(self, list_id: str) -> Numbering | None:
        if list_id not in self._known:
            self._known[list_id] = self._defined(list_id)
        return self._known[list_id]

    def _defined(self, list_id: str) -> Numbering | None:
        given = self._numberings.get(list_id)
        levels: dict[int, Level] = {}
        restarts: dict[int, int] = {}
        element, id_ = self._definition(given)
        for each in () if element is None else element:
            if local_name(each) == "lvl" and (place := _place(each)) is not None:
                levels[place] = _level(each)
        for each in () if given is None else given:
            if local_name(each) == "lvlOverride" and (place := _place(each)) is not None:
                if (own := child(each, "lvl")) is not None:
                    levels[place] = _level(own)
                if (start := child(each, "startOverride")) is not None:
                    restarts[place] = number(value(start), 1)
        return Numbering(id_, levels, restarts) if levels else None

    def _definition(self, given: Any) -> tuple[Any, str]:  # noqa: ANN401  (as above)
        """Return the definition of the list *given*, following links, and its id."""
        id_ = ""
        for _ in range(_MOST_LINKS):
            id_ = value(child(given, "abstractNumId")) or ""
            element = self._definitions.get(id_)
            style = value(child(element, "numStyleLink"))
            other = self._styles.list_of(style) if style else None
            if other is None or other not in self._numberings:
                return element, id_
            given = self._numberings[other]
        return None, id_


def _level_at(place: ListPlace, numbering: Numbering) -> int:
    """Return the level of a paragraph: its own, or the level of its style."""
    if place.level is None and place.style:
        for number_of_level, level in numbering.levels.items():
            if level.style == place.style:
                return number_of_level
    return min(max(place.level or 0, 0), _LEVELS - 1)


def _place(element: Any) -> int | None:  # noqa: ANN401  (as above)
    """Return the level that *element* defines; None if it is out of range."""
    place = number(value(element, "ilvl"), 0)
    return place if 0 <= place < _LEVELS else None


def _level(element: Any) -> Level:  # noqa: ANN401  (as above)
    # For a format that old programs do not know, the last element is their fallback.
    forms = [value(each) or "" for each in element.iter() if local_name(each) == "numFmt"]
    after = value(child(element, "lvlRestart"))
    is_picture = child(element, "lvlPicBulletId") is not None
    return Level(
        form="bullet" if is_picture else forms[-1] if forms else "decimal",
        text=(value(child(element, "lvlText")) or "")[:_LONGEST_MARK],
        start=number(value(child(element, "start")), 0),
        restarts_after=None if after is None else number(after, 0),
        is_legal=bool(switch(element, "isLgl")),
        style=value(child(element, "pStyle")) or "",
    )
