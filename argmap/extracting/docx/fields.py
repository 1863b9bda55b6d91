"""Fields of Word documents: which of their words are seen, and which are instructions."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field

from .elements import local, value

_DRAWN: Final = ("EQ", "SYMBOL", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT")
"""Fields whose words are computed when they are drawn, and are in no file."""


@define
class Fields:
    """The fields that are open at a place; what has no end is no field."""

    _ends: dict[Any, Any] = field(factory=dict)
    """The end of each beginning that has one. The elements are kept, or their proxies would go."""
    _open: list[tuple[Any, bool]] = field(factory=list)
    """The end of each open field, and whether its words are seen by now."""
    _unseen: int = 0
    """How many of the open fields have not come to their words yet."""
    _waiting: set[Any] = field(factory=set)
    """The ends of the open fields."""
    _instruction: list[str] = field(factory=list)

    @classmethod
    def in_part(cls, root: Any) -> Fields:  # noqa: ANN401  (lxml has no types)
        """Return the fields of a part, all of them closed as yet."""
        fields, begun = cls(), []
        for element in root.iter():
            if local(element) == "fldChar":
                kind = value(element, "fldCharType")
                if kind == "begin":
                    begun.append(element)
                elif kind == "end" and begun:
                    fields._ends[begun.pop()] = element
        return fields

    @property
    def is_instruction(self) -> bool:
        """Tell whether words at this place belong to an instruction."""
        return self._unseen > 0

    def pass_mark(self, mark: Any) -> bool:  # noqa: ANN401  (as above)
        """Go on past *mark*; return True where a field ends that draws words of no file."""
        kind = value(mark, "fldCharType")
        if kind == "begin" and mark in self._ends:
            self._open.append((self._ends[mark], False))
            self._waiting.add(self._ends[mark])
            self._unseen += 1
            self._instruction.clear()
        elif kind == "separate" and self._open and not self._open[-1][1]:
            self._open[-1] = (self._open[-1][0], True)
            self._unseen -= 1
        elif kind == "end" and mark in self._waiting:
            return self._close(mark)
        return False

    def _close(self, mark: Any) -> bool:  # noqa: ANN401  (as above)
        """Close the field that ends with *mark*, and those inside it; return as `pass_mark`."""
        while True:
            end, is_seen = self._open.pop()
            self._waiting.discard(end)
            self._unseen -= not is_seen
            if end is mark:
                return not is_seen and self._is_drawn()

    def note_instruction(self, words: str) -> None:
        """Keep *words* of the instruction of the innermost field."""
        if self._open and not self._open[-1][1]:
            self._instruction.append(words)

    def _is_drawn(self) -> bool:
        name = "".join(self._instruction).split(maxsplit=1)
        return bool(name) and name[0].upper() in _DRAWN
