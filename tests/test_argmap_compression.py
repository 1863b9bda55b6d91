"""Compressed files: read as what is in them, or refused in one line."""

from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.compression import is_compressed, plain_name, unpacking
from argmap.errors import InputError

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
def test_what_is_cut_off_is_told_wherever_it_is_cut(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bytes(range(256)) * 4)
    for length in range(4, len(packed)):
        with pytest.raises(InputError) as caught:
            unpacked(packed[:length])
        assert str(caught.value) == (
            "a.txt: what is compressed in it is cut off; get the whole file again"
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
def test_what_is_damaged_is_told(content: bytes) -> None:
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
