"""Compressed files are read as their content, or refused in one line."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.formats.compression import is_compressed, plain_name, refuse_packed, unpacking

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: list[Callable[..., Any]] = [gzip.compress, zstd.compress]
pieces = st.lists(st.binary(max_size=200), min_size=1, max_size=4)


def unpacked(content: bytes) -> bytes:
    with unpacking(io.BytesIO(content), "a.txt") as stream:
        return stream.read()


@given(pieces, st.sampled_from(KINDS))
def test_what_was_packed_in_pieces_comes_back_whole(
    contents: list[bytes], pack: Callable[[bytes], bytes]
) -> None:
    packed = b"".join(pack(content) for content in contents)
    assert is_compressed(packed)
    assert unpacked(packed) == b"".join(contents)


@given(st.binary(max_size=200).filter(lambda content: not is_compressed(content)))
def test_what_is_not_packed_stays_as_it_is(content: bytes) -> None:
    assert unpacked(content) == content


@pytest.mark.parametrize("pack", KINDS)
def test_truncation_is_reported_wherever_it_occurs(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bytes(range(256)) * 4)
    for length in range(4, len(packed)):
        with pytest.raises(InputError) as caught:
            unpacked(packed[:length])
        assert str(caught.value) == (
            "a.txt: its compressed data is cut off; get the whole file again"
        )


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"words" * 100)[:-8] + b"\0" * 8,
        gzip.compress(b"words" * 100)[:10] + b"\x07" * 30,
        gzip.compress(b"words") + b"and more",
        zstd.compress(b"words" * 100)[:8] + b"\xff" * 30,
    ],
    ids=["sum", "block", "what follows", "frame"],  # gzip writes the time into its bytes
)
def test_damage_is_reported(content: bytes) -> None:
    with pytest.raises(InputError, match="is damaged"):
        unpacked(content)


def test_an_error_of_who_reads_passes() -> None:
    bug = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"), unpacking(io.BytesIO(b"words"), "a.txt"):
        raise bug


@pytest.mark.parametrize("pack", KINDS)
def test_a_bomb_is_unpacked_only_as_far_as_it_is_read(pack: Callable[[bytes], bytes]) -> None:
    piece = pack(b"0" * 10_000_000)
    with unpacking(io.BytesIO(piece * 1000), "a.txt") as stream:
        assert stream.read(10) == b"0" * 10


@pytest.mark.parametrize(
    ("name", "plain"),
    [("a.txt.gz", "a.txt"), ("a.JSONL.ZST", "a.JSONL"), ("a.txt", "a.txt"), ("gz", "gz")],
)
def test_a_name_loses_what_says_how_it_is_packed(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def zipped(members: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(members):
            archive.writestr(f"{number}.txt", "words")
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


PACKED = {
    "bzip2": bz2.compress(b"words"),
    "bzip2 ": bz2.compress(b""),
    "xz": lzma.compress(b"words"),
    "LZMA": lzma.compress(b"words", lzma.FORMAT_ALONE),
    "gzip": gzip.compress(b"words"),
    "Zstandard": zstd.compress(b"words"),
    "LZ4": b"\x04\x22\x4d\x18" + bytes(20),
    "compress": b"\x1f\x9d\x90" + bytes(20),
    "lzip": b"LZIP\x01" + bytes(20),
}
ARCHIVES = {
    "zip": zipped(1),
    "zip ": zipped(0),
    "tar": tarred(),
    "7-Zip": b"7z\xbc\xaf\x27\x1c" + bytes(20),
    "RAR": b"Rar!\x1a\x07\x01\0" + bytes(20),
}


@pytest.mark.parametrize("name", PACKED)
def test_what_another_program_compressed_is_refused_by_that_programs_name(name: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse_packed(PACKED[name], "a.txt")
    assert str(caught.value) == f"a.txt: is compressed by {name.strip()}; unpack it first"


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_refused_by_its_kind(name: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse_packed(ARCHIVES[name], "a.txt")
    assert str(caught.value) == f"a.txt: is a {name.strip()} archive; unpack it first"


@pytest.mark.parametrize("text", ["BZh9 is a code", "LZ", "PK", "7z and Rar!", "ustar", ""])
def test_words_are_not_taken_for_something_packed(text: str) -> None:
    refuse_packed(text.encode(), "a.txt")


class Pipe(io.RawIOBase):
    """A pipe that repeats *piece* forever, after one byte, and counts the bytes read."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.place = piece, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  (as in `RawIOBase`)
        count = 1 if self.place == 0 else min(len(buffer), len(self.piece))
        start = self.place % len(self.piece)
        given = (self.piece * 2)[start : start + count]
        buffer[: len(given)] = given
        self.place += len(given)
        return len(given)


@pytest.mark.parametrize("pack", KINDS)
def test_a_pipe_without_an_end_is_read_no_further_than_is_asked_for(
    pack: Callable[[bytes], bytes],
) -> None:
    pipe = Pipe(pack(b"0" * 10_000))
    with unpacking(cast("BinaryIO", io.BufferedReader(pipe)), "a pipe") as stream:
        assert stream.read(100_000) == b"0" * 100_000
    assert pipe.place < 10_000_000
