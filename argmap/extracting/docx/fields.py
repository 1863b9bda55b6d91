"""Fields of Word documents: their visible words and their instructions."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field

from .elements import local_name, value

_DRAWN: Final = ("EQ", "SYMBOL", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT")
"""Fields whose words are computed for display and are not in the file."""


@define
class Fields:
    """The fields that are open at a position; a field without an end is ignored."""

    _ends: dict[Any, Any] = field(factory=dict)
    """The end of each start mark.

    The elements are kept, because lxml would recreate their proxies as new objects.
    """
    _open: list[tuple[Any, bool]] = field(factory=list)
    """The end of each open field, and whether its visible words have begun."""
    _unseen: int = 0
    """Number of open fields whose visible words have not begun."""
    _waiting: set[Any] = field(factory=set)
    """The ends of the open fields."""
    _instruction: list[str] = field(factory=list)

    @classmethod
    def in_part(cls, root: Any) -> Fields:  # noqa: ANN401  (lxml has no types)
        """Return the fields of a part, none of them open yet."""
        fields, begun = cls(), []
        for element in root.iter():
            if local_name(element) == "fldChar":
                kind = value(element, "fldCharType")
                if kind == "begin":
                    begun.append(element)
                elif kind == "end" and begun:
                    fields._ends[begun.pop()] = element
        return fields

    @property
    def is_instruction(self) -> bool:
        """True if words at this position belong to an instruction."""
        return self._unseen > 0

    def pass_mark(self, mark: Any) -> bool:  # noqa: ANN401  (as above)
        """Pass *mark*; return True if it ends a field whose words are not in the file."""
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
        """Close the field that ends with *mark*, and those inside; see `pass_mark`."""
        while True:
            end, is_seen = self._open.pop()
            self._waiting.discard(end)
            self._unseen -= not is_seen
            if end is mark:
                return not is_seen and self._is_drawn()

    def note_instruction(self, words: str) -> None:
        """Add *words* to the instruction of the innermost field."""
        if self._open and not self._open[-1][1]:
            self._instruction.append(words)

    def _is_drawn(self) -> bool:
        name = "".join(self._instruction).split(maxsplit=1)
        return bool(name) and name[0].upper() in _DRAWN
