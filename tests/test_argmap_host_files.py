"""The user's files are read to their end, or refused in one line that gives the reason."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argmap.errors import InputError
from argmap.formats.registry import Extract
from argmap.host.files import as_input_error, own_descriptor, path_from_text, read_bytes
from store.log.documents import read_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDLESS = """
import os, sys
while True:
    os.write(1, b"words ")
"""


@pytest.mark.parametrize("given", ["", "  ", "a\0b", "~nobody-of-that-name/a.md"])
def test_an_invalid_path_is_reported_in_one_line(given: str) -> None:
    with pytest.raises(InputError) as caught:
        path_from_text(given)
    assert "\n" not in str(caught.value)


def test_a_path_may_begin_in_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somebody")
    assert path_from_text(" ~/a b.md ") == Path("/somebody/a b.md")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder; name the files in it"),
        ("none.txt", "cannot be used: no such file or directory"),
        ("file/a.txt", "cannot be used: not a directory"),
        ("a" * 300, "cannot be used: file name too long"),
        ("empty.txt", "contains no text"),
        ("binary.txt", "byte 2 is 0"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("words")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        read_extract(str(path))
    assert str(caught.value).startswith(f"{path}: {words}")
    assert "\n" not in str(caught.value)


def test_a_path_is_taken_as_a_person_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "The toll.draft.txt").write_bytes(b"\xef\xbb\xbfIt pays.\r\n")
    expected = (Extract("It pays.\n"), "The toll.draft")
    for given_ in ("The toll.draft.txt", " ~/The toll.draft.txt\n", "./The toll.draft.txt"):
        assert read_extract(given_) == expected


@pytest.mark.parametrize("given_", ["~nobody-of-this-name/a.txt", "", "  ", "."])
def test_a_path_that_leads_nowhere_is_refused(given_: str) -> None:
    with pytest.raises(InputError):
        read_extract(given_)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "cannot be used: permission denied"),
        (IsADirectoryError(21, "Is a directory"), "is a folder; name the files in it"),
        (OSError("Odd"), "cannot be used: odd"),
    ],
)
def test_what_is_said_of_a_file_names_it_and_begins_in_lower_case(
    error: OSError, words: str
) -> None:
    with pytest.raises(InputError) as caught, as_input_error("a.txt"):
        raise error
    assert str(caught.value) == f"a.txt: {words}"


def test_other_errors_pass() -> None:
    bug = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"), as_input_error("a.txt"):
        raise bug


@contextmanager
def piped(content: bytes) -> Iterator[Path]:
    """Return the name that a shell writes for `<(command)`, with the output *content*."""
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as out:
            out.write(content)
        yield Path(f"/dev/fd/{reading}")
    finally:
        os.close(reading)


def test_the_output_of_a_command_is_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/fd")
    with piped(b"words") as path:
        assert read_bytes(path, 5) == b"words"
    with piped(b"words") as path:
        assert read_bytes(tmp_path / "link" / path.name, 5) == b"words"


def test_a_descriptor_is_known_by_every_name_of_it(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/dev/stdout")
    (tmp_path / "1").write_text("words")
    names = ["/dev/stdin", "/dev/stdout", "/dev/fd/7", "/dev/../dev/fd/7", f"{tmp_path}/out"]
    assert [own_descriptor(Path(name)) for name in names] == [0, 1, 7, 7, 1]
    others = ["/dev/null", "/dev/fd", f"{tmp_path}/1", f"{tmp_path}/none", "a" * 300]
    assert [own_descriptor(Path(name)) for name in others] == [None] * 5


def test_more_than_a_file_may_have_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 2**20 + b"x")
    with pytest.raises(InputError, match=r"large: is larger than 1 MiB; give a smaller file$"):
        read_bytes(tmp_path / "large", 2**20)


def test_a_command_that_never_ends_is_refused() -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE) as endless:
        assert endless.stdout is not None
        try:
            with pytest.raises(InputError, match="is larger than 1 MiB"):
                read_bytes(Path(f"/dev/fd/{endless.stdout.fileno()}"), 2**20)
        finally:
            endless.kill()


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/urandom", "link"])
def test_a_device_is_refused_and_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to("/dev/zero")
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        read_extract(str(path))
    assert str(caught.value) == f"{path}: is a device; give a file"


def test_a_pipe_that_nobody_writes_to_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match=r"pipe: is a pipe; give a file$"):
        read_bytes(tmp_path / "pipe", 10)


def test_a_terminal_and_the_null_device_can_be_read() -> None:
    assert read_bytes(Path(os.devnull), 10) == b""
    screen, terminal = pty.openpty()
    try:
        os.write(screen, b"words\n\x04")  # and the key that ends the input
        assert read_bytes(Path(os.ttyname(terminal)), 10) == b"words\n"
    finally:
        os.close(screen)
        os.close(terminal)
