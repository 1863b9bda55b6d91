"""Decode bytes from outside: find the encoding, and refuse anything that is not text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from attrs import define, frozen

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOST: Final = "\ufffd"
"""The character that replaces one that cannot be decoded."""

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_UNUSED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that Windows-1252 has no character for."""


@frozen
class Encoding:
    """The encoding of a file."""

    name: str
    """The name of the encoding in Python."""
    mark: int = 0
    """Length in bytes of the byte-order mark at the beginning."""

    @property
    def title(self) -> str:
        """The name for people, such as `UTF-8 with a byte-order mark`."""
        plain = "Windows-1252" if self.name == "cp1252" else self.name.upper()
        return f"{plain} with a byte-order mark" if self.mark else plain


def text_from_bytes(content: bytes, where: str) -> str:
    r"""Decode a file by its byte-order mark, else as UTF-8, else as Windows-1252.

    Line ends become `\n` and a byte-order mark is removed; nothing else changes.

    Raises:
        InputError: it is empty, binary, or in no known encoding.
    """
    encoding = detect_encoding([content], where)
    text = content[encoding.mark :].decode(encoding.name)
    if "\0" in text:
        before = text[: text.index("\0")].encode(encoding.name)
        raise InputError(_binary_message(where, encoding.mark + len(before) + 1))
    if not text.strip():
        message = f"{where}: contains no text"
        raise InputError(message)
    return normal_lines(text)


def utf8_text_from_bytes(content: bytes, where: str) -> str:
    r"""Decode a file that must be UTF-8, with or without a byte-order mark.

    For files such as TOML, which other programs read too and whose encoding is never guessed.
    Line ends become `\n` and a byte-order mark is removed.

    Raises:
        InputError: it is not UTF-8, or is empty or binary.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_utf16(content):
        message = f"{where}: is UTF-16; save it as UTF-8"
        raise InputError(message)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        message = (
            f"{where}: is not UTF-8: byte {error.start + 1} is {content[error.start]:#04x};"
            " save it as UTF-8"
        )
        raise InputError(message) from error
    return text_from_bytes(content, where)


def _is_utf16(content: bytes) -> bool:
    """Return whether *content* looks like ASCII in UTF-16 without a byte-order mark."""
    head = content[:64]
    halves = (head[::2], head[1::2])
    return any(
        zeros
        and not any(zeros)
        and letters.translate(None, b"\t\n\r").decode("cp437").isprintable()
        for zeros, letters in (halves, halves[::-1])
    )


def normal_lines(text: str) -> str:
    r"""Return *text* with `\n` as its only line end and without leading byte-order marks."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def detect_encoding(chunks: Iterable[bytes], where: str, *, is_whole: bool = True) -> Encoding:
    """Detect an encoding by the byte-order mark, else UTF-8, else Windows-1252.

    Args:
        chunks: The bytes in order; the first chunk has at least four, if there are as many.
        where: The name of the file, for messages.
        is_whole: False if only the beginning is given, which may end inside a character.

    Raises:
        InputError: the bytes are binary, or in no known encoding.
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    known = [Encoding(name, len(mark)) for mark, name in _MARKS if first.startswith(mark)]
    encoding = known[0] if known else Encoding("utf-8")
    decoder = codecs.getincrementaldecoder(encoding.name)()
    place, windows = 0, _Windows1252Check()
    wrong: int | None = None
    for piece in _with_end_marker(first, pieces, is_whole=is_whole):
        windows.examine(piece or b"", place)
        if wrong is None:
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(piece or b"", final=piece is None)
            except UnicodeDecodeError as error:
                wrong = place - waiting + error.start + 1
        if wrong is not None and encoding.mark:
            name = encoding.name.upper()
            message = f"{where}: byte {wrong} is not {name}, although its byte-order mark says so"
            raise InputError(message)
        place += len(piece or b"")
    return encoding if wrong is None else windows.encoding(where, wrong)


@define
class _Windows1252Check:
    """Finds the bytes that keep a file from being Windows-1252."""

    zero: int | None = None
    unused: int | None = None
    """Positions, from 1, of the first such bytes."""

    def examine(self, piece: bytes, place: int) -> None:
        if self.zero is None and b"\0" in piece:
            self.zero = place + piece.index(0) + 1
        if self.unused is None and (match := _UNUSED.search(piece)):
            self.unused = place + match.start() + 1

    def encoding(self, where: str, wrong: int) -> Encoding:
        """Return the encoding of a file whose byte *wrong* is not UTF-8."""
        if self.zero is not None:
            raise InputError(_binary_message(where, self.zero))
        if self.unused is not None:
            message = (
                f"{where}: byte {wrong} is not UTF-8 and byte {self.unused}"
                " is not Windows-1252; save it as UTF-8"
            )
            raise InputError(message)
        return Encoding("cp1252")


def _with_end_marker(
    first: bytes, pieces: Iterable[bytes], *, is_whole: bool
) -> Iterator[bytes | None]:
    """Yield all pieces, then None if the file is whole."""
    yield first
    yield from pieces
    if is_whole:
        yield None


def _binary_message(where: str, place: int) -> str:
    return f"{where}: byte {place} is 0, as in binary files; give a text file"
