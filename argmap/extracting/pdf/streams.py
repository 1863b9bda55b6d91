"""The compressed streams of a PDF: their unpacked size and completeness."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    resolve1,
)

from argmap.extracting._reading import LARGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_CODES: Final = 2**20
"""The most letters of one font.

A single line of a file can declare an endless range of codes.
"""

_WORST: Final = {**dict.fromkeys(LITERALS_LZW_DECODE, 1400), **dict.fromkeys(
    LITERALS_RUNLENGTH_DECODE, 64
)}  # fmt: skip
"""The largest growth of a stream in compression formats other than zlib's."""

_RANGES = re.compile(rb"begin(?:bf|cid)range(.*?)end(?:bf|cid)range", re.DOTALL)
_RANGE = re.compile(
    rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*(?:<[^>]*>|\[|\d+)"
)


class TooLargeError(Exception):
    """A file that asks for far more than an op-ed has."""


class BoundedStream(PDFStream):
    """A stream that is measured before pdfminer, which has no limit, unpacks it."""

    is_whole = True

    def decode(self) -> None:
        """Unpack the stream.

        Raises:
            TooLargeError: it is larger than a text may be.
        """
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        filters = [filter_ for filter_, _ in self.get_filters()]
        packed = [each for each in filters if each in LITERALS_FLATE_DECODE or each in _WORST]
        if len(packed) > 1:
            raise TooLargeError  # packed twice, which no program does to save space
        if packed and packed[0] in _WORST and len(data) * _WORST[packed[0]] > 16 * LARGEST_TEXT:
            raise TooLargeError
        if filters and filters[0] in LITERALS_FLATE_DECODE:
            self.is_whole = _is_whole(data)
        elif packed and packed[0] in LITERALS_FLATE_DECODE and len(data) > LARGEST_TEXT // 1000:
            raise TooLargeError  # zlib inside a text encoding, too large to measure
        super().decode()


def is_whole(stream: PDFStream) -> bool:
    """Return whether the unpacked *stream* is complete."""
    return not isinstance(stream, BoundedStream) or stream.is_whole


def _is_whole(data: bytes) -> bool:
    """Return whether the zlib *data* is complete; a missing checksum is accepted."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        pending = data[2:]
        while pending and not unpacker.eof:
            size += len(unpacker.decompress(pending, 2**20))
            if size > LARGEST_TEXT:
                raise TooLargeError
            pending = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof or not data


class BoundedParser(PDFParser):
    """Replaces each stream of a file by one that is measured."""

    def push(self, *objs: tuple[int, Any]) -> None:
        """Push *objs* onto the stack."""
        super().push(*((place, _bounded(value)) for place, value in objs))


def _bounded(value: Any) -> Any:  # noqa: ANN401  (whatever a file has)
    if type(value) is PDFStream:
        return BoundedStream(value.attrs, value.rawdata or b"", value.decipher)
    return value


def check_ranges(font: Mapping[str, Any]) -> None:
    """Check that *font* has no endless ranges of letters.

    Raises:
        TooLargeError: it has more letters than any font.
    """
    for key in ("ToUnicode", "Encoding"):
        stream = resolve1(font.get(key))
        if isinstance(stream, PDFStream):
            data = stream.get_data()
            for block in _RANGES.finditer(data):
                _check(int(m[2], 16) - int(m[1], 16) for m in _RANGE.finditer(block[1]))
    for key, row in (("W", 3), ("W2", 5)):
        entries = resolve1(font.get(key))
        if isinstance(entries, list):
            numbers: list[int] = []
            spans: list[int] = []
            for entry in map(resolve1, entries):
                if isinstance(entry, list):
                    numbers = []
                elif isinstance(entry, (int, float)):
                    numbers.append(int(entry))
                    if len(numbers) == row:
                        spans.append(numbers[1] - numbers[0])
                        numbers = []
            _check(spans)


def _check(spans: Any) -> None:  # noqa: ANN401
    if sum(max(0, span) for span in spans) > _MOST_CODES:
        raise TooLargeError
