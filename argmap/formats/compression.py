"""Read compressed files, gzip and Zstandard, as their content."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

SUFFIXES: Final = (".gz", ".zst")
"""Endings of the names of compressed files."""

_GZIP: Final = b"\x1f\x8b"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"

_PACKERS: Final = (
    (_GZIP, "gzip"),
    (_ZSTANDARD, "Zstandard"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x5d\0\0", "LZMA"),
    (b"LZIP", "lzip"),
    (b"\x89LZO\0", "lzop"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x02\x21\x4c\x18", "LZ4"),
    (b"\xff\x06\0\0sNaPpY", "Snappy"),
    (b"\x1f\x9d", "compress"),
    (b"\x1f\xa0", "compress"),
    (b"\x1f\x1e", "pack"),
)
"""First bytes of files that programs compress singly, and the program's name."""

_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_ARCHIVES: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"MSCF\0\0\0\0", "cabinet"),
)
_TAR: Final = (b"ustar", 257)
"""The mark of a tape archive, and its position."""


def refuse_packed(head: bytes, where: str) -> None:
    """Refuse a file that argmap cannot unpack, going by its first bytes.

    Args:
        head: At least the first 512 bytes of the content, unpacked as by `unpacking`.
        where: The file's name, for messages.

    Raises:
        InputError: it is compressed, perhaps a second time, or an archive.
    """
    packer = next((name for mark, name in _PACKERS if head.startswith(mark)), "")
    packer = "bzip2" if _BZIP2.match(head) else packer
    archive = next((name for mark, name in _ARCHIVES if head.startswith(mark)), "")
    mark, place = _TAR
    archive = "tar" if head.startswith(mark, place) else archive
    if packer or archive:
        what = f"is compressed by {packer}" if packer else f"is a {archive} archive"
        message = f"{where}: {what}; unpack it first"
        raise InputError(message)


class _PrefixedStream(io.RawIOBase):
    """A stream that cannot seek, preceded by the bytes already read from it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        """Read *head* first, then the *rest*."""
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into *buffer* and return the number of bytes; 0 at the end."""
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


def is_compressed(head: bytes) -> bool:
    """Return whether a file that begins with *head* is compressed."""
    return head.startswith((_GZIP, _ZSTANDARD))


def plain_name(name: str) -> str:
    """Return *name* without the suffix of its compression."""
    small = name.lower()
    return next((name[: -len(suffix)] for suffix in SUFFIXES if small.endswith(suffix)), name)


@contextmanager
def unpacking(stream: BinaryIO, where: str) -> Iterator[BinaryIO]:
    """Open the unpacked content of *stream*; a stream that is not compressed is given as it is.

    Args:
        stream: At its beginning. A pipe, which cannot seek, is read no further than the
            caller reads, since it may be endless.
        where: The file's name, for messages.

    Raises:
        InputError: inside the context, if the content is cut off or damaged.
    """
    head = stream.read(len(_ZSTANDARD))
    # A pipe cannot go back, so the bytes read for recognition are put in front again.
    if stream.seekable():
        stream.seek(0)
    else:
        stream = cast("BinaryIO", io.BufferedReader(_PrefixedStream(head, stream)))
    zstd = _import_zstandard() if head.startswith(_ZSTANDARD) else None
    damage = (EOFError, zlib.error, gzip.BadGzipFile, *((zstd.ZstdError,) if zstd else ()))
    try:
        if zstd:
            with zstd.ZstdFile(stream) as unpacked:
                yield unpacked
        elif head.startswith(_GZIP):
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield cast("BinaryIO", unpacked)
        else:
            yield stream
    except damage as error:
        what = "cut off" if isinstance(error, EOFError) else "damaged"
        message = f"{where}: its compressed data is {what}; get the whole file again"
        raise InputError(message) from error


def _import_zstandard() -> Any:  # noqa: ANN401  (a module that two libraries offer)
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415  (few files need it)
    else:
        from backports import zstd  # noqa: PLC0415  (as above)
    return zstd
