"""Read the words of a Word document as they are in its final version."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar, Final

from attrs import define, field

from argmap.text.decoding import LOST

from . import formulas as maths
from .elements import child, local_name, switch, value, walk
from .fields import Fields
from .signs import character, lowered, raised, readable
from .styles import Look
from .tables import CellBlocks, WordTable, cell_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .lists import Lists
    from .notes import Notes
    from .styles import Styles

_GONE: Final = frozenset({"del", "moveFrom"})
"""Elements whose words a tracked change deleted or moved away."""

_UNREAD: Final = frozenset({"delText", "delInstrText", "sectPr", "posOffset"})
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_REFERENCES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_WORDS: Final = frozenset({"t", "sym", "symEx", "textpath"})
_MATHS: Final = "/math"
"""Part of the namespace of formulas, in both standards."""

_SOFT: Final = "\u00ad"
_TYPED_SPACE = re.compile(r"[\t\n\r]+ *")
_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")


@define
class OpenParagraph:
    """A paragraph that is being read."""

    style: str
    mark: str
    """The mark of a list item, or empty."""
    is_joined: bool
    """True if the next paragraph continues this one."""
    is_title: bool
    pieces: list[str] = field(factory=list)
    boxes: list[str] = field(factory=list)
    """The paragraphs of text boxes that are anchored in it."""


@define
class WordText:
    """Reads the parts of one document, in their order."""

    styles: Styles
    lists: Lists
    notes: Mapping[str, Notes]
    attached: Callable[[Any, str], list[str]]
    """Takes an element and its local name; returns the paragraphs of the part it refers to."""
    title: str | None = None
    """The first paragraph with the style of a title."""
    unknown: int = 0
    """Number of characters and fields that cannot be read."""
    _fields: Fields = field(factory=Fields)
    _homes: list[CellBlocks] = field(factory=list)
    _paragraphs: list[OpenParagraph] = field(factory=list)
    _sinks: list[list[str]] = field(factory=list)
    _looks: list[Look] = field(factory=list)
    _tables: list[WordTable] = field(factory=list)
    _rows: list[list[CellBlocks]] = field(factory=list)
    _readings: list[str] = field(factory=list)
    _gone: int = 0
    _is_after_picture: bool = False
    _is_after_struck: bool = False
    _taken: set[Any] = field(factory=set)
    _branch: tuple[Any, Any] = (None, None)

    def paragraphs(self, root: Any) -> list[str]:  # noqa: ANN401  (lxml has no types)
        """Return the paragraphs below *root*."""
        self._fields = Fields.in_part(root)
        self._homes.append(CellBlocks())
        walk(root, self._enter, self._leave)
        return self._close_home().paragraphs

    def _close_home(self) -> CellBlocks:
        home = self._homes.pop()
        home.flush()
        return home

    def _enter(self, element: Any, name: str) -> bool:  # noqa: ANN401  (as above; one branch for each kind)
        if name in _UNREAD or name.endswith("Pr") or element in self._taken:
            return False
        if name == "tr" and child(element, "trPr", "del") is not None:
            return False
        if name in ("Choice", "Fallback"):
            return element is self._chosen(element.getparent())
        if name in _GONE:
            self._gone += 1
        elif name == "t":
            self._add(_typed(element))
        elif name in _SIGNS:
            self._add(_SIGNS[name])
        elif name == "r":
            style = self._paragraphs[-1].style if self._paragraphs else ""
            self._looks.append(self.styles.look(element, style))
        elif name == "p":
            self._begin_paragraph(element)
        elif name in maths.PARTS and _MATHS in element.tag:
            self._sinks.append([])
        elif name == "inline":
            self._is_after_picture = True
        elif name in self._OPENINGS:
            self._OPENINGS[name](self, element)
        return True

    def _leave(self, element: Any, name: str) -> None:  # noqa: ANN401  (as above)
        if name in _GONE:
            self._gone -= 1
        elif name == "r":
            self._looks.pop()
        elif name == "p":
            self._end_paragraph(element)
        elif name in maths.PARTS and _MATHS in element.tag:
            self._end_part(element, name)
        elif name in self._ENDINGS:
            self._ENDINGS[name](self, element)

    def _chosen(self, alternatives: Any) -> Any:  # noqa: ANN401  (as above)
        """Return the branch of *alternatives* to read: the first one with words."""
        if self._branch[0] is not alternatives:
            branches = [each for each in alternatives if local_name(each) in ("Choice", "Fallback")]
            with_words = (each for each in branches if _has_words(each))
            self._branch = alternatives, next(with_words, branches[0])
        return self._branch[1]

    def _add(self, text: str) -> None:
        """Add *text*, unless it is hidden."""
        look = self._looks[-1] if self._looks else Look()
        if self._is_unseen(look) or not text or not self._sinks:
            return
        read = readable(text, look.font)
        self.unknown += read.count(LOST) - text.count(LOST)
        if look.raised:
            read = raised(read) if look.raised > 0 else lowered(read)
        self._put_words(read.replace(_SOFT, ""), look)

    def _put_words(self, words: str, look: Look) -> None:
        """Add *words*; figures after a picture or struck-through ones are kept separate."""
        sink = self._sinks[-1]
        is_apart = self._is_after_picture or look.is_struck != self._is_after_struck
        self._is_after_picture, self._is_after_struck = False, look.is_struck
        if is_apart and sink and sink[-1][-1:].isdigit() and words[:1].isdigit():
            sink.append(" ")
        sink.append(words)

    def _is_unseen(self, look: Look) -> bool:
        return self._gone > 0 or look.is_hidden or self._fields.is_instruction

    def _begin_paragraph(self, element: Any) -> None:  # noqa: ANN401  (as above)
        properties = child(element, "pPr")
        end = child(properties, "rPr")
        frame = child(properties, "framePr")
        is_joined = (
            any(child(end, each) is not None for each in _GONE)
            or bool(switch(end, "vanish"))
            or value(frame, "dropCap") in ("drop", "margin")  # a drop cap starts the next paragraph
        )
        place = None if is_joined else self.styles.list_place(element)
        paragraph = OpenParagraph(
            style=value(child(properties, "pStyle")) or "",
            mark="" if place is None else self.lists.mark(place),
            is_joined=is_joined,
            is_title=self.title is None and self.styles.name(element) == "title",
        )
        self._paragraphs.append(paragraph)
        self._sinks.append(paragraph.pieces)

    def _end_paragraph(self, element: Any) -> None:  # noqa: ANN401  (as above)
        paragraph, home = self._paragraphs.pop(), self._homes[-1]
        self._sinks.pop()
        if paragraph.is_joined:
            home.carried += paragraph.pieces
            home.paragraphs += paragraph.boxes
            return
        words = "".join((*home.carried, *paragraph.pieces)).strip()
        home.carried.clear()
        if words and paragraph.is_title and self.title is None:
            self.title = words
        # A column of numbers is often a list with empty items.
        is_number = bool(self._rows) and any(map(str.isalnum, paragraph.mark))
        if words or is_number:
            self._put([f"{paragraph.mark} {words}".strip()])
        self._put(paragraph.boxes)
        section = child(element, "pPr", "sectPr")
        for notes in self.notes.values() if section is not None else ():
            notes.end_section(section)

    def _put(self, paragraphs: list[str]) -> None:
        """Add *paragraphs* after the open paragraph, or to the enclosing text."""
        home = self._paragraphs[-1].boxes if self._paragraphs else self._homes[-1].paragraphs
        home += paragraphs

    def _end_part(self, element: Any, name: str) -> None:  # noqa: ANN401  (as above)
        words = "".join(self._sinks.pop())
        before = element.getprevious()
        is_first = before is None or local_name(before) != name
        parent = local_name(element.getparent())
        if self._sinks:
            self._sinks[-1].append(maths.format_part(name, parent, words, is_first=is_first))

    def _open_home(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._homes.append(CellBlocks())

    def _end_box(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._put(self._close_home().paragraphs)

    def _open_row(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._rows.append([])

    def _open_table(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._homes[-1].flush()
        self._tables.append(WordTable())

    def _end_table(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._put(self._tables.pop().paragraphs())
        self._homes[-1].has_table = True

    def _end_cell(self, element: Any) -> None:  # noqa: ANN401  (as above)
        home = self._close_home()
        home.columns = cell_columns(child(element, "tcPr"))
        if self._rows:
            self._rows[-1].append(home)
        else:
            self._put(home.paragraphs)

    def _end_row(self, element: Any) -> None:  # noqa: ANN401  (as above)
        cells = self._rows.pop()
        if self._tables:
            self._tables[-1].add_row(child(element, "trPr"), cells)
        else:
            self._put([words for cell in cells for words in cell.paragraphs])

    def _open_reading(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._sinks.append([])

    def _end_reading(self, _: Any) -> None:  # noqa: ANN401  (as above)
        self._readings.append("".join(self._sinks.pop()))

    def _end_ruby(self, _: Any) -> None:  # noqa: ANN401  (as above)
        reading = self._readings.pop() if self._readings else ""
        if reading and self._sinks:
            self._sinks[-1].append(f"({reading})")

    def _symbol(self, element: Any) -> None:  # noqa: ANN401  (as above)
        self._add_read(_character(element))

    def _add_read(self, words: str) -> None:
        """Add *words* that are already converted, unless they are hidden."""
        if self._sinks and not self._is_unseen(self._looks[-1] if self._looks else Look()):
            self.unknown += words.count(LOST)
            self._sinks[-1].append(words)

    def _field_mark(self, element: Any) -> None:  # noqa: ANN401  (as above)
        if self._fields.pass_mark(element):
            self._add_read(LOST)

    def _instruction(self, element: Any) -> None:  # noqa: ANN401  (as above)
        self._fields.note_instruction(element.text or "")

    def _reference(self, element: Any) -> None:  # noqa: ANN401  (as above)
        if self._is_unseen(self._looks[-1] if self._looks else Look()):
            return
        notes = self.notes[_REFERENCES[local_name(element)]]
        typed = None
        if (value(element, "customMarkFollows") or "0").lower() in ("1", "true", "on"):
            after = element.itersiblings()
            marks = list(takewhile(lambda each: local_name(each) in ("t", "sym"), after))
            self._taken.update(marks)
            typed = "".join(map(_mark_of, marks)).strip()
        self._add_read(notes.mark(value(element, "id") or "", typed))

    def _other_part(self, element: Any) -> None:  # noqa: ANN401  (as above)
        if not self._gone:
            self._put(self.attached(element, local_name(element)))

    def _drawn_words(self, element: Any) -> None:  # noqa: ANN401  (as above)
        self._add(value(element, "string") or "")

    def _open_bracket(self, element: Any) -> None:  # noqa: ANN401  (as above)
        self._add(_bracket(element, "begChr", "("))

    def _end_bracket(self, element: Any) -> None:  # noqa: ANN401  (as above)
        self._add(_bracket(element, "endChr", ")"))

    def _large_sign(self, element: Any) -> None:  # noqa: ANN401  (as above)
        sign = child(element, "naryPr", "chr")
        self._add("∫" if sign is None else value(sign) or "")

    _OPENINGS: ClassVar[Mapping[str, Callable[[WordText, Any], None]]] = {
        "sym": _symbol,
        "symEx": _symbol,
        "fldChar": _field_mark,
        "instrText": _instruction,
        "footnoteReference": _reference,
        "endnoteReference": _reference,
        "tbl": _open_table,
        "tr": _open_row,
        "tc": _open_home,
        "txbxContent": _open_home,
        "rt": _open_reading,
        "altChunk": _other_part,
        "relIds": _other_part,
        "chart": _other_part,
        "textpath": _drawn_words,
        "d": _open_bracket,
        "nary": _large_sign,
    }
    _ENDINGS: ClassVar[Mapping[str, Callable[[WordText, Any], None]]] = {
        "tbl": _end_table,
        "tr": _end_row,
        "tc": _end_cell,
        "txbxContent": _end_box,
        "rt": _end_reading,
        "ruby": _end_ruby,
        "d": _end_bracket,
    }


def _typed(element: Any) -> str:  # noqa: ANN401  (as above)
    """Return the words of *element*, with line ends of the XML file as spaces."""
    words = element.text or ""
    if "\n" not in words and "\t" not in words:
        return words
    is_kept = value(element, "space") == "preserve"
    return _TYPED_SPACE.sub(" ", words if is_kept else words.strip())


def _mark_of(element: Any) -> str:  # noqa: ANN401  (as above)
    """Return the typed mark of a note."""
    return _typed(element) if local_name(element) == "t" else _character(element)


def _character(element: Any) -> str:  # noqa: ANN401  (as above)
    """Return the character of a symbol."""
    code = value(element, "char") or ""
    known = int(code, 16) if _HEX.fullmatch(code) else 0
    return character(value(element, "font") or "", known)


def _has_words(branch: Any) -> bool:  # noqa: ANN401  (as above)
    return any(local_name(each) in _WORDS for each in branch.iter())


def _bracket(element: Any, key: str, otherwise: str) -> str:  # noqa: ANN401  (as above)
    """Return the sign of a bracket in a formula; it may be empty."""
    sign = child(element, "dPr", key)
    return otherwise if sign is None else value(sign) or ""
