"""The styles of runs and paragraphs in Word documents."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field, frozen

from .elements import child, local_name, number, switch, value

_RAISED_FROM: Final = 4
"""Half points above the baseline from which text is superscript."""

_MOST_BASES: Final = 50
"""The longest chain of base styles; a longer one is a cycle."""


@frozen
class Look:
    """The formatting of a run that affects its words."""

    is_hidden: bool = False
    raised: int = 0
    """1 for superscript, -1 for subscript."""
    font: str = ""
    is_struck: bool = False


@frozen
class ListPlace:
    """The list that a paragraph belongs to."""

    list_id: str
    level: int | None
    style: str
    """The paragraph style that puts the paragraph in the list; empty if the paragraph does so."""


@define
class Styles:
    """The styles by id."""

    _by_id: dict[str, Any] = field(factory=dict)
    _default: str = ""
    """The id of the style of paragraphs without one."""
    _chains: dict[str, list[Any]] = field(factory=dict)
    _looks: dict[tuple[str, str], Look] = field(factory=dict)

    @classmethod
    def from_part(cls, root: Any | None) -> Styles:  # noqa: ANN401  (lxml has no types)
        """Return the styles in the part *root*; none if there is no such part."""
        styles = cls()
        for element in () if root is None else root:
            if local_name(element) != "style":
                continue
            id_ = value(element, "styleId") or ""
            styles._by_id.setdefault(id_, element)
            is_default = (value(element, "default") or "0").lower() in ("1", "true", "on")
            if is_default and value(element, "type") == "paragraph":
                styles._default = id_
        return styles

    def name(self, paragraph: Any) -> str:  # noqa: ANN401  (as above)
        """Return the name of the style of *paragraph*, in lower case."""
        id_ = value(child(paragraph, "pPr", "pStyle")) or ""
        named = child(self._by_id.get(id_), "name")
        return (value(named) or id_).lower()

    def look(self, run: Any, paragraph_style: str) -> Look:  # noqa: ANN401  (as above)
        """Return the formatting of *run* in a paragraph of *paragraph_style*, an id."""
        properties = child(run, "rPr")
        style = value(child(properties, "rStyle")) or ""
        key = (paragraph_style, style)
        if key not in self._looks:
            look = Look()
            for each in reversed(self._chain(paragraph_style or self._default)):
                look = _changed(look, child(each, "rPr"))
            for each in reversed(self._chain(style)):
                look = _changed(look, child(each, "rPr"))
            self._looks[key] = look
        return _changed(self._looks[key], properties)

    def list_place(self, paragraph: Any) -> ListPlace | None:  # noqa: ANN401  (as above)
        """Return the list of *paragraph*; None if it is in none."""
        own = child(paragraph, "pPr", "numPr")
        list_id, level = value(child(own, "numId")), value(child(own, "ilvl"))
        style = ""
        id_ = value(child(paragraph, "pPr", "pStyle")) or self._default
        for each in self._chain(id_):
            if list_id is not None:
                break
            inherited = child(each, "pPr", "numPr")
            list_id = value(child(inherited, "numId"))
            if level is None:
                level = value(child(inherited, "ilvl"))
            style = value(each, "styleId") or ""
        if list_id is None or list_id == "0":
            return None
        return ListPlace(list_id, None if level is None else number(level, 0), style)

    def list_of(self, style: str) -> str | None:
        """Return the id of the list of the numbering style *style*."""
        return value(child(self._by_id.get(style), "pPr", "numPr", "numId"))

    def _chain(self, id_: str) -> list[Any]:
        """Return the style *id_* and its base styles, itself first."""
        if id_ not in self._chains:
            chain: list[Any] = []
            wanted: str | None = id_
            while wanted and wanted in self._by_id and len(chain) < _MOST_BASES:
                chain.append(self._by_id[wanted])
                wanted = value(child(chain[-1], "basedOn"))
            self._chains[id_] = chain
        return self._chains[id_]


def _changed(look: Look, properties: Any) -> Look:  # noqa: ANN401  (as above)
    """Return *look* with the changes in *properties* of a run."""
    if properties is None:
        return look
    hidden = switch(properties, "vanish")
    align, height = child(properties, "vertAlign"), child(properties, "position")
    raised = look.raised
    if height is not None:
        points = number(value(height), 0)
        raised = (points >= _RAISED_FROM) - (points <= -_RAISED_FROM)
    if align is not None:
        raised = {"superscript": 1, "subscript": -1}.get(value(align) or "", 0)
    fonts = child(properties, "rFonts")
    font = value(fonts, "ascii") or value(fonts, "hAnsi") or look.font
    struck = [switch(properties, name) for name in ("strike", "dstrike")]
    is_struck = look.is_struck if struck == [None, None] else any(struck)
    return Look(look.is_hidden if hidden is None else hidden, raised, font, is_struck)
