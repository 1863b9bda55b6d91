"""Bytes from outside become text: the encoding is found, and what is no text is refused."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from attrs import define, frozen

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOST: Final = "\ufffd"
"""The character in the place of one that cannot be read."""

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
    """How the characters of a file are written."""

    name: str
    """As Python calls it."""
    mark: int = 0
    """Bytes of the byte-order mark at the beginning."""

    @property
    def title(self) -> str:
        """As people call it, such as `UTF-8 with a byte-order mark`."""
        plain = "Windows-1252" if self.name == "cp1252" else self.name.upper()
        return f"{plain} with a byte-order mark" if self.mark else plain


def text_from_bytes(content: bytes, where: str) -> str:
    r"""Return the text of a file: by its byte-order mark, else UTF-8, else Windows-1252.

    Line ends become `\n` and a byte-order mark goes; nothing else changes.

    Raises:
        InputError: it is empty, binary, or in no encoding that is known.
    """
    encoding = detect_encoding([content], where)
    text = content[encoding.mark :].decode(encoding.name)
    if "\0" in text:
        before = text[: text.index("\0")].encode(encoding.name)
        raise InputError(_binary(where, encoding.mark + len(before) + 1))
    if not text.strip():
        message = f"{where}: there is no text in it"
        raise InputError(message)
    return normal_lines(text)


def utf8_text_from_bytes(content: bytes, where: str) -> str:
    r"""Return the text of a file that has to be UTF-8, with or without a byte-order mark.

    For what other programs read too and no encoding is guessed for, such as TOML. Line ends
    become `\n` and a byte-order mark goes.

    Raises:
        InputError: it is not UTF-8, or empty or binary.
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
    """Tell whether ASCII was written as UTF-16 without a byte-order mark."""
    head = content[:64]
    halves = (head[::2], head[1::2])
    return any(
        zeros
        and not any(zeros)
        and letters.translate(None, b"\t\n\r").decode("cp437").isprintable()
        for zeros, letters in (halves, halves[::-1])
    )


def normal_lines(text: str) -> str:
    r"""Return *text* with `\n` as its only line end and without byte-order marks before it."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def detect_encoding(chunks: Iterable[bytes], where: str, *, is_whole: bool = True) -> Encoding:
    """Return how *where* is written: by its byte-order mark, else UTF-8, else Windows-1252.

    Args:
        chunks: Its bytes in order; the first piece has four or more, if there are as many.
        where: The name of the file, for messages.
        is_whole: False where only the beginning is given, which may end inside a character.

    Raises:
        InputError: it is binary, or in no encoding that is known.
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    known = [Encoding(name, len(mark)) for mark, name in _MARKS if first.startswith(mark)]
    encoding = known[0] if known else Encoding("utf-8")
    decoder = codecs.getincrementaldecoder(encoding.name)()
    place, windows = 0, _Windows()
    wrong: int | None = None
    for piece in _and_the_end(first, pieces, is_whole=is_whole):
        windows.see(piece or b"", place)
        if wrong is None:
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(piece or b"", final=piece is None)
            except UnicodeDecodeError as error:
                wrong = place - waiting + error.start + 1
        if wrong is not None and encoding.mark:
            name = encoding.name.upper()
            message = f"{where}: byte {wrong} is not {name}, as its first bytes promise"
            raise InputError(message)
        place += len(piece or b"")
    return encoding if wrong is None else windows.encoding(where, wrong)


@define
class _Windows:
    """Looks for what keeps a file from being Windows-1252."""

    zero: int | None = None
    unused: int | None = None
    """Places, from 1, of the first such bytes."""

    def see(self, piece: bytes, place: int) -> None:
        if self.zero is None and b"\0" in piece:
            self.zero = place + piece.index(0) + 1
        if self.unused is None and (match := _UNUSED.search(piece)):
            self.unused = place + match.start() + 1

    def encoding(self, where: str, wrong: int) -> Encoding:
        """Return the encoding of a file whose byte *wrong* is not UTF-8."""
        if self.zero is not None:
            raise InputError(_binary(where, self.zero))
        if self.unused is not None:
            message = (
                f"{where}: byte {wrong} is not UTF-8 and byte {self.unused}"
                " is not Windows-1252; save it as UTF-8"
            )
            raise InputError(message)
        return Encoding("cp1252")


def _and_the_end(
    first: bytes, pieces: Iterable[bytes], *, is_whole: bool
) -> Iterator[bytes | None]:
    """Yield all pieces, and None for the end of a whole file."""
    yield first
    yield from pieces
    if is_whole:
        yield None


def _binary(where: str, place: int) -> str:
    return f"{where}: byte {place} is 0, as in binary files; give a text file"
