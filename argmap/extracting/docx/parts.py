"""The parts of a Word document: an archive of XML files that refer to each other."""

from __future__ import annotations

import posixpath
import zlib
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from attrs import define, field, frozen

from argmap.extracting._reading import LARGEST_TEXT, refuse

from .elements import local_name, value

DAMAGE: Final = (BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, zlib.error)
"""Exceptions for a damaged or missing part; invalid XML is a `ValueError`."""

_MOST_PARTS: Final = 10_000
_MOST_READ: Final = 4 * LARGEST_TEXT
"""The most bytes to unpack from all parts."""

_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT: Final = "content.xml"
_ENCRYPTED: Final = 1


@frozen
class Relation:
    """A reference from one part to another."""

    kind: str
    """The end of its type, which both standards share."""
    target: str


@define
class Parts:
    """The parts by name; the XML of each is parsed only once."""

    _archive: ZipFile
    _where: str
    _names: dict[str, str]
    """The names in the archive, by the same names in lower case."""
    _left: int = _MOST_READ
    """Bytes that may still be read; a file can refer to one part many times."""
    _relations: dict[str, dict[str, Relation]] = field(factory=dict)
    _trees: dict[str, Any] = field(factory=dict)

    @classmethod
    def opened(cls, content: bytes, where: str) -> Parts:
        """Open the archive in *content*, which need not be a Word document.

        Raises:
            InputError: it is damaged, another kind of archive, too large, or locked.
        """
        try:
            archive = ZipFile(BytesIO(content))
            parts = archive.infolist()
        except (BadZipFile, ValueError, NotImplementedError):
            refuse(where, "is cut off or damaged; get the whole file again")
        names = {part.filename.lower().lstrip("/"): part.filename for part in parts}
        if _TYPES.lower() not in names:
            is_open = _OPEN_DOCUMENT in names
            kind = "an OpenDocument" if is_open else "a zip archive"
            refuse(where, f"is {kind}; {'save it as .docx' if is_open else 'unpack it first'}")
        words = sum(part.file_size for part in parts if "/media/" not in part.filename)
        if len(parts) > _MOST_PARTS or words > _MOST_READ:
            refuse(where, "unpacks to far more than an op-ed has; save only its text")
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            refuse(where, "is locked with a password; save it without one")
        return cls(archive, where, names)

    @property
    def main(self) -> str:
        """The name of the part with the document's text.

        Raises:
            KeyError: there is none.
        """
        for relation in self._related("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise KeyError(_TYPES)

    def about(self) -> dict[str, str]:
        """Return the metadata of the file, such as `title` and `creator`."""
        for relation in self._related("").values():
            if relation.kind == "core-properties" and self.content(relation.target) is not None:
                return {local_name(each): each.text or "" for each in self.tree(relation.target)}
        return {}

    def target(self, part: str, id_: str | None) -> str | None:
        """Return the name of the part that *part* refers to by *id_*, or None."""
        relation = self._related(part).get(id_ or "")
        return None if relation is None else relation.target

    def related_tree(self, part: str, kind: str) -> Any | None:  # noqa: ANN401  (lxml has no types)
        """Return the XML of the part of *kind* that *part* refers to, or None."""
        for relation in self._related(part).values():
            if relation.kind == kind and relation.target.lower() in self._names:
                return self.tree(relation.target)
        return None

    def content(self, name: str) -> bytes | None:
        """Return the bytes of the part *name*; None if there is no such part.

        Raises:
            InputError: the parts are far larger than a text can need.
        """
        known = self._names.get(name.lower())
        if known is None:
            return None
        # The declared size is a limit: zipfile never unpacks more than that.
        self._left -= self._archive.getinfo(known).file_size
        if self._left < 0:
            refuse(self._where, "unpacks to far more than an op-ed has; save only its text")
        return self._archive.read(known)

    def tree(self, name: str) -> Any:  # noqa: ANN401  (as above)
        """Return the XML of the part *name*.

        Raises:
            KeyError: there is no such part.
            ValueError: it is not XML, or declares entities, which are forbidden here.
        """
        if name not in self._trees:
            from lxml import etree

            content = self.content(name)
            if content is None:
                raise KeyError(name)
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            try:
                root = etree.fromstring(content, parser)
            except etree.XMLSyntaxError as error:
                raise ValueError(str(error)) from error
            if root.getroottree().docinfo.doctype:
                raise ValueError(name)
            self._trees[name] = root
        return self._trees[name]

    def _related(self, part: str) -> dict[str, Relation]:
        """Return the references of *part* by id; an empty name is the whole file."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            of_part = posixpath.join(folder, "_rels", f"{name}.rels")
            there = of_part.lower() in self._names
            found = list(self.tree(of_part)) if there else []
            self._relations[part] = {
                value(each, "Id") or "": Relation(
                    (value(each, "Type") or "").rpartition("/")[2],
                    _resolved(folder, value(each, "Target") or ""),
                )
                for each in found
                if (value(each, "TargetMode") or "").lower() != "external"
            }
        return self._relations[part]


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that *target* refers to from *folder*."""
    path = unquote(target.replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
