"""Compressed files, gzip and Zstandard, read as what is in them."""

from __future__ import annotations

import gzip
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES: Final = (".gz", ".zst")
"""What names of compressed files end in."""

_GZIP: Final = b"\x1f\x8b"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"


def is_compressed(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it is compressed."""
    return head.startswith((_GZIP, _ZSTANDARD))


def plain_name(name: str) -> str:
    """Return *name* without the ending that says how it is compressed."""
    small = name.lower()
    return next((name[: -len(suffix)] for suffix in SUFFIXES if small.endswith(suffix)), name)


@contextmanager
def unpacking(stream: BinaryIO, where: str) -> Iterator[BinaryIO]:
    """Give what *stream* unpacks to, piece by piece; the stream itself if it is not compressed.

    Args:
        stream: At its beginning, and able to go back there.
        where: The file's name, for messages.

    Raises:
        InputError: inside the context, where what is read is cut off or damaged.
    """
    head = stream.read(len(_ZSTANDARD))
    stream.seek(0)
    zstd = _zstandard() if head.startswith(_ZSTANDARD) else None
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
        message = f"{where}: what is compressed in it is {what}; get the whole file again"
        raise InputError(message) from error


def _zstandard() -> Any:  # noqa: ANN401  (a module that two libraries offer)
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415  (few files need it)
    else:
        from backports import zstd  # noqa: PLC0415  (as above)
    return zstd
