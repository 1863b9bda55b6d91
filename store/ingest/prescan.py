"""Scan an import before it begins: its digest, and the greatest labels that it gives."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from msgspec import UNSET

from argmap.model.map import label_number
from argmap.model.vocabulary import LABEL_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .inputs import ImportFile

_PIECE: Final = 2**20
"""Bytes that are looked at together."""

_RUBRIC: Final = re.compile(rb'"type"\s{0,9}:\s{0,9}"rubric"')
"""What nearly every record of a rubric has; those it misses come in their turn."""


@frozen
class Scan:
    """What the first look found."""

    digest: str
    """Of the content, and of how it is imported."""
    has_rubrics: bool
    """True if some record is a rubric, as far as could be seen."""
    labels: Mapping[tuple[str, str], int]
    """The greatest number of the labels that are given, by document and letter."""


def scanned(files: Sequence[ImportFile], assessor: str, *, is_loose: bool) -> Scan:
    """Return what *files* bring, before they are taken in."""
    digest = hashlib.sha256(repr((assessor, is_loose)).encode())
    gives_labels = has_rubrics = False
    for file in files:
        form = file.format
        digest.update(f"\0{form.name}\0{sorted(form.columns.items())}\0".encode())
        gives_labels = gives_labels or not form.spells_keys
        file.stream.seek(0)
        end = b""
        while piece := file.stream.read(_PIECE):
            digest.update(piece)
            seen = end + piece
            gives_labels = gives_labels or _may_give_label(seen)
            has_rubrics = has_rubrics or (b'"rubric"' in seen and _RUBRIC.search(seen) is not None)
            end = piece[-40:]
    return Scan(digest.hexdigest(), has_rubrics, _labels(files) if gives_labels else {})


def _may_give_label(content: bytes) -> bool:
    """Tell whether the key of a label can be in *content*, in letters or as escapes of letters."""
    return b"label" in content or (b"\\" in content and b"\\u00" in content)


def _labels(files: Sequence[ImportFile]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for file in files:
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            record: Any = located.record
            if label := getattr(record, "label", UNSET):
                for prefix in LABEL_PREFIX.values():
                    key = (record.document or "", prefix)
                    found[key] = max(label_number(label, prefix), found.get(key, 0))
    return found
