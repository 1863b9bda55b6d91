"""Read Word documents: the words of the final version, followed by the notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from argmap.errors import InputError
from argmap.extracting._reading import (
    clean_text,
    clean_title,
    clean_value,
    join_paragraphs,
    quiet_library,
    refuse,
)
from argmap.formats.registry import Extract, TextFormat, text_formats
from argmap.text.decoding import text_from_bytes
from argmap.text.display import counted

from .elements import local_name, value
from .lists import Lists
from .notes import KINDS, Notes
from .parts import DAMAGE, Parts
from .styles import Styles
from .words import WordText

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC: Final = b"PK\x03\x04"
_HEAD: Final = 4096
_OTHERS: Final = {
    "workbook": "is an Excel workbook; save its table as CSV and import that",
    "presentation": "is a PowerPoint presentation; save its text as a text file",
}
"""Files of other Office programs, by the root element of their main part."""

_MOST_INSIDE: Final = 3
"""The deepest nesting of documents that is read."""

_NOBODY = re.compile(
    r"((microsoft )?office[- ]?(user|anwender|365)?|(windows |pc |default |mac )?(user|benutzer)"
    r"|utilisateur( windows)?|usuario( de windows)?|admin(istrator)?|owner|author|unknown"
    r"|python-docx|apache poi|openpyxl|pandoc|hp|dell|lenovo|acer|asus)",
    re.IGNORECASE,
)
"""Authors that a program, a template or a new computer filled in."""


def _recognises(head: bytes, _: str) -> bool:
    return head.startswith(_MAGIC)


def _read(content: bytes, where: str) -> Extract:
    with quiet_library(where, "a Word document"):
        parts = Parts.opened(content, where)
        try:
            document = _Document(parts, where)
            paragraphs = document.paragraphs()
            about = parts.about()
        except DAMAGE as error:
            refuse(
                where, f"is a damaged Word document ({type(error).__name__}); save it again in Word"
            )
    text = join_paragraphs(paragraphs)
    if not text:
        refuse(where, "is a Word document without text; give one that contains the op-ed")
    return Extract(
        text,
        title=clean_title(about.get("title")) or clean_value(document.title),
        author=_author(about.get("creator")),
        language=clean_value(about.get("language")),
        warnings=tuple(document.warnings()),
    )


class _Document:
    """One document of a file, and the warnings from reading it."""

    def __init__(self, parts: Parts, where: str, depth: int = 0) -> None:
        """Open the main part of *parts*; *depth* is the number of enclosing documents."""
        self._parts, self._where, self._depth = parts, where, depth
        self._main = parts.main
        root = parts.tree(self._main)
        if local_name(root) in _OTHERS:
            refuse(where, _OTHERS[local_name(root)])
        if local_name(root) != "document":
            refuse(where, "is a zip archive, not a Word document; unpack it first")
        self._root = root
        styles = Styles.from_part(parts.related_tree(self._main, "styles"))
        settings = parts.related_tree(self._main, "settings")
        self._lists = Lists.from_part(parts.related_tree(self._main, "numbering"), styles)
        self._notes = {
            kind: Notes.from_parts(kind, parts.related_tree(self._main, f"{kind}s"), settings)
            for kind in KINDS
        }
        self._words = WordText(styles, self._lists, self._notes, self._attached)
        self._noticed: list[str] = []
        self._charts = 0

    @property
    def title(self) -> str | None:
        """The first paragraph with the style of a title."""
        return self._words.title

    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the text, then those of its notes."""
        paragraphs = self._words.paragraphs(self._root)
        for kind in KINDS:
            for id_, mark in list(self._notes[kind].marks.items()):
                paragraphs += self._note(self._notes[kind], id_, mark)
        return paragraphs

    def _note(self, of_kind: Notes, id_: str, mark: str) -> list[str]:
        """Return the paragraphs of a note, with its mark before the first."""
        element = of_kind.words(id_)
        if element is None:
            self._noticed.append(f"{of_kind.kind} {mark or id_} has no text in the file")
            return []
        paragraphs = self._words.paragraphs(element)
        first = paragraphs[0].strip() if paragraphs else ""
        if id_ in of_kind.custom and mark:
            first = first.removeprefix(mark).lstrip()
        return [f"[{mark}] {first}".strip() if mark else first, *paragraphs[1:]]

    def warnings(self) -> Iterator[str]:
        """Yield warnings about parts of the text that a person should check."""
        yield from dict.fromkeys(self._noticed)
        if self._words.unknown:
            signs = counted(self._words.unknown, "character")
            yield f"{signs} of fonts or fields cannot be read; the text has \ufffd instead"
        for form in sorted(self._lists.unknown_forms):
            yield f"list numbers in the format {clean_text(form)!r} are written as figures"
        if any(each.are_numbered_by_page for each in self._notes.values()):
            yield "notes restart at 1 on each page of the file; here they are numbered continuously"
        if self._charts:
            yield f"{counted(self._charts, 'chart')} left out"

    def _attached(self, element: Any, name: str) -> list[str]:  # noqa: ANN401  (lxml has no types)
        """Return the paragraphs of a part that *element* refers to."""
        if name == "chart":
            self._charts += "/chart" in element.tag
            return []
        target = self._parts.target(self._main, value(element, "dm" if name == "relIds" else "id"))
        content = None if target is None else self._parts.content(target)
        if target is None or content is None:
            return []
        if name == "relIds":
            return self._words.paragraphs(self._parts.tree(target))
        return self._inside(target, content)

    def _inside(self, target: str, content: bytes) -> list[str]:
        """Return the paragraphs of a file that is embedded in the document."""
        try:
            if content.startswith(_MAGIC):
                if self._depth == _MOST_INSIDE:
                    refuse(target, "is nested too deeply in other documents")
                inner = _Document(Parts.opened(content, self._where), self._where, self._depth + 1)
                paragraphs = inner.paragraphs()
                self._noticed += inner.warnings()
                return paragraphs
            for text_format in text_formats().values():
                if text_format.recognises(content[:_HEAD], target):
                    return text_format.read(content, target).text.split("\n\n")
            if target.lower().endswith((".txt", ".text")):
                return text_from_bytes(content, target).split("\n\n")
        except (InputError, *DAMAGE):
            pass
        self._noticed.append(f"left out a part that cannot be read: {clean_text(target)}")
        return []


def _author(creator: object) -> str | None:
    """Return the author of a file, unless a program filled in the name."""
    name = clean_value(creator)
    return None if name is None or _NOBODY.fullmatch(name) else name


# Without the date: a file's creation date is not when the op-ed was published.
FORMAT: Final = TextFormat("docx", "Word document", (".docx", ".docm", ".dotx"), _recognises, _read)
