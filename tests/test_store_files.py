"""Files of a person: whole or as they were, and every complaint in one line that names them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.text import normal_lines
from store.files import path_from, read_text, told, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"))


@given(st.lists(texts, max_size=5))
@settings(max_examples=50)
def test_what_is_written_is_there_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "a.md"
    write_whole(path, iter(pieces))
    assert path.read_bytes() == "".join(pieces).encode()


@given(texts.filter(str.strip))
@settings(max_examples=50)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "b.txt"
    write_whole(path, [text])
    assert read_text(str(path)) == (normal_lines(text), "b")


def test_a_file_that_is_there_is_replaced_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_whole(path, ["old, and longer"])
    write_whole(path, ["new"])
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_who_reads_the_old_file_meanwhile_reads_it_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old, and longer")
    with path.open() as reading:
        write_whole(path, ["new"])
        assert reading.read() == "old, and longer"


def stops(error: Exception) -> Iterator[str]:
    yield "the first half"
    raise error


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), ValueError("a bug"), InputError("a fault")]
)
def test_a_write_that_stops_leaves_the_file_as_it_was(tmp_path: Path, error: Exception) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises((InputError, ValueError)):
        write_whole(path, stops(error))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with pytest.raises(InputError) as caught:
        write_whole(path, stops(OSError(28, "No space left on device")))
    assert str(caught.value) == f"{path}: cannot be written: No space left on device"


@pytest.mark.parametrize("given", ["", "  ", "a\0b", "~nobody-of-that-name/a.md"])
def test_what_is_no_path_is_told_in_one_line(given: str) -> None:
    with pytest.raises(InputError) as caught:
        path_from(given)
    assert "\n" not in str(caught.value)


def test_a_path_may_begin_in_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somebody")
    assert path_from(" ~/a b.md ") == Path("/somebody/a b.md")


@pytest.mark.parametrize("name", ["/", ".", "folder"])
def test_a_folder_is_no_file_to_write_to(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="is a folder; give the name of a file"):
        write_whole(tmp_path / name, ["words"])


@pytest.mark.parametrize("name", ["folder/none/a.md", "file/a.md"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("words")
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        write_whole(path, ["words"])
    assert str(caught.value).startswith(f"{path}: cannot be written: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder; give the files in it"),
        ("none.txt", "cannot be used: no such file or directory"),
        ("file/a.txt", "cannot be used: not a directory"),
        ("a" * 300, "cannot be used: file name too long"),
        ("empty.txt", "there is no text in it"),
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
        read_text(str(path))
    assert str(caught.value).startswith(f"{path}: {words}")
    assert "\n" not in str(caught.value)


def test_a_path_is_taken_as_a_person_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "The toll.draft.txt").write_bytes(b"\xef\xbb\xbfIt pays.\r\n")
    expected = ("It pays.\n", "The toll.draft")
    for given_ in ("The toll.draft.txt", " ~/The toll.draft.txt\n", "./The toll.draft.txt"):
        assert read_text(given_) == expected


@pytest.mark.parametrize("given_", ["~nobody-of-this-name/a.txt", "", "  ", "."])
def test_a_path_that_leads_nowhere_is_refused(given_: str) -> None:
    with pytest.raises(InputError):
        read_text(given_)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "cannot be used: permission denied"),
        (IsADirectoryError(21, "Is a directory"), "is a folder; give the files in it"),
        (OSError("Odd"), "cannot be used: odd"),
    ],
)
def test_what_is_said_of_a_file_names_it_and_begins_in_lower_case(
    error: OSError, words: str
) -> None:
    with pytest.raises(InputError) as caught, told("a.txt"):
        raise error
    assert str(caught.value) == f"a.txt: {words}"


def test_other_errors_pass() -> None:
    bug = ValueError("a bug")
    with pytest.raises(ValueError, match="a bug"), told("a.txt"):
        raise bug
