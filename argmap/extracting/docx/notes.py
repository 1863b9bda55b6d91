"""Footnotes and endnotes of Word documents: their marks and their order."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field

from argmap.extracting._numbers import format_number

from .elements import child, local_name, number, value

KINDS: Final = ("footnote", "endnote")
_FORMS: Final = {"footnote": "decimal", "endnote": "lowerRoman"}
"""The default number formats of notes."""


@define
class Notes:
    """The notes of one kind, numbered in the order of their references."""

    kind: str
    _by_id: dict[str, Any] = field(factory=dict)
    _form: str = "decimal"
    _next: int = 1
    _start: int = 1
    _restarts: str = "continuous"
    marks: dict[str, str] = field(factory=dict)
    """The marks of the notes by id, in the order of the text."""
    custom: set[str] = field(factory=set)
    """Ids of notes with a typed mark, which are not counted."""

    @classmethod
    def from_parts(cls, kind: str, root: Any | None, settings: Any | None) -> Notes:  # noqa: ANN401  (lxml has no types)
        """Return the notes of *kind* in the part *root*, numbered by *settings*."""
        notes = cls(kind, form=_FORMS[kind])
        for element in () if root is None else root:
            if local_name(element) == kind:
                notes._by_id.setdefault(value(element, "id") or "", element)
        notes._follow(child(settings, f"{kind}Pr"))
        return notes

    @property
    def are_numbered_by_page(self) -> bool:
        """True if their numbers depend on page breaks, which are not in the file."""
        return self._restarts == "eachPage" and len(self.marks) > 1

    def words(self, id_: str) -> Any | None:  # noqa: ANN401  (as above)
        """Return the element with the words of the note *id_*."""
        return self._by_id.get(id_)

    def mark(self, id_: str, typed: str | None) -> str:
        """Return the mark of the note *id_* in brackets, which separate it from figures.

        Args:
            id_: The id of the note.
            typed: The mark if it is typed; None to number the note.
        """
        if id_ not in self.marks:
            if typed is not None:
                self.custom.add(id_)
                self.marks[id_] = typed
            else:
                self.marks[id_] = format_number(self._next, self._form) or str(self._next)
                self._next += 1
        return f"[{self.marks[id_]}]" if self.marks[id_] else ""

    def end_section(self, properties: Any) -> None:  # noqa: ANN401  (as above)
        """Start a section after the one that *properties* describe."""
        own = child(properties, f"{self.kind}Pr")
        restarts = value(child(own, "numRestart")) or self._restarts
        if restarts == "eachSect":
            self._next = self._start

    def _follow(self, properties: Any) -> None:  # noqa: ANN401  (as above)
        """Apply the numbering in *properties*."""
        self._form = value(child(properties, "numFmt")) or self._form
        self._start = self._next = number(value(child(properties, "numStart")), 1)
        self._restarts = value(child(properties, "numRestart")) or self._restarts
