"""Scan the input before an import: its digest, its rubrics, its highest labels."""

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
"""Bytes that are read at a time."""

_RUBRIC: Final = re.compile(rb'"type"\s{0,9}:\s{0,9}"rubric"')
"""Matches nearly every rubric record; a missed one is imported in input order."""


@frozen
class Scan:
    """The result of the first pass over the input."""

    digest: str
    """SHA-256, in hexadecimal, of the content and the options that change its meaning.

    An unfinished import with the same digest is resumed.
    """
    has_rubrics: bool
    """True if a rubric record was recognised in the bytes."""
    labels: Mapping[tuple[str, str], int]
    """The highest label number that any record gives, by document and letter."""


def scan_files(files: Sequence[ImportFile], assessor: str, *, is_loose: bool) -> Scan:
    """Read *files* once and return their digest, rubrics and highest labels.

    Records are decoded only if the bytes may contain a label.

    Raises:
        InputError: a file cannot be read in its format.
    """
    digest = hashlib.sha256(repr((assessor, is_loose)).encode())
    gives_labels = has_rubrics = False
    for file in files:
        form = file.format
        # The same bytes mean other records in another format or under other columns, and must not
        # resume that import.
        digest.update(f"\0{form.name}\0{sorted(form.columns.items())}\0".encode())
        # Formats such as Markdown and tables need not spell the key `label` to give one, so their
        # bytes prove nothing.
        gives_labels = gives_labels or not form.spells_keys
        file.stream.seek(0)
        end = b""
        while piece := file.stream.read(_PIECE):
            digest.update(piece)
            window = end + piece
            gives_labels = gives_labels or _may_give_label(window)
            has_rubrics = has_rubrics or (
                b'"rubric"' in window and _RUBRIC.search(window) is not None
            )
            # A match may straddle two pieces; the longest one has 33 bytes.
            end = piece[-40:]
    return Scan(digest.hexdigest(), has_rubrics, _labels(files) if gives_labels else {})


def _may_give_label(content: bytes) -> bool:
    """Return whether *content* may hold the key `label`, plain or in JSON escapes."""
    return b"label" in content or (b"\\" in content and b"\\u00" in content)


def _labels(files: Sequence[ImportFile]) -> dict[tuple[str, str], int]:
    labels: dict[tuple[str, str], int] = {}
    for file in files:
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            record: Any = located.record
            if label := getattr(record, "label", UNSET):
                for prefix in LABEL_PREFIX.values():
                    key = (record.document or "", prefix)
                    labels[key] = max(label_number(label, prefix), labels.get(key, 0))
    return labels
