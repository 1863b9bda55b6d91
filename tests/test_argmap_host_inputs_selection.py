"""Folders are read by name and only once, globs are expanded, endless files are skipped."""

from __future__ import annotations

import os
import socket
from contextlib import chdir
from pathlib import Path

import pytest

from argmap.host.inputs.selection import STANDARD_INPUT, SelectedFiles, select_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "c.png", ".hidden.txt", "sub/d.txt", ".git/e.txt", "a/f.txt"):
        path = tmp_path / "f" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.")
    return tmp_path / "f"


def chosen(*given: Path | str) -> SelectedFiles:
    return select_files(map(Path, given), lambda file: file.suffix == ".txt", "text")


def names(result: SelectedFiles, folder: Path) -> list[str]:
    return [str(file.relative_to(folder)) for file in result.files]


def test_a_folder_is_its_files_by_name_without_hidden_ones(folder: Path) -> None:
    result = chosen(folder)
    assert names(result, folder) == ["a.txt", "b.txt", "a/f.txt", "sub/d.txt"]
    assert (result.skipped, result.complaints) == (1, [])


def test_a_link_to_a_folder_elsewhere_is_followed(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "x.txt").write_text("Words.")
    (folder / "link").symlink_to(folder.parent / "elsewhere")
    assert "link/x.txt" in names(chosen(folder), folder)


def test_links_in_a_circle_end_and_each_folder_comes_once(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "twin").symlink_to(folder / "sub")
    (folder / "self").symlink_to(folder / "self")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    assert names(chosen(folder), folder) == [
        "a.txt", "b.txt", "link.txt", "a/f.txt", "sub/d.txt",
    ]  # fmt: skip


def test_pipes_in_a_folder_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    result = chosen(folder)
    assert "pipe.txt" not in names(result, folder)
    assert result.skipped == 2


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening, chdir(path.parent):
        listening.bind(path.name)  # the name of a socket may not be long


@pytest.mark.parametrize("way", ["as files", "as a glob"])
def test_pipes_and_sockets_among_several_files_are_passed_over(folder: Path, way: str) -> None:
    os.mkfifo(folder / "pipe.txt")
    socket_at(folder / "s.txt")
    given = sorted(folder.glob("*.txt")) if way == "as files" else [folder / "*.txt"]
    result = chosen(*given)
    assert [file.name for file in result.files if file.name[0] != "."] == ["a.txt", "b.txt"]
    assert result.passed_over == [
        f"{folder}/pipe.txt: skipped, because it is a pipe",
        f"{folder}/s.txt: skipped, because it is a socket",
    ]
    assert result.complaints == []


def test_a_pipe_that_is_named_alone_is_taken(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert chosen(folder / "pipe.txt").files == [folder / "pipe.txt"]
    twice = chosen(folder / "pipe.txt", folder / "pipe.txt")
    assert (twice.files, len(twice.complaints)) == ([], 1)


def test_pipes_of_this_process_are_taken_however_many_are_named() -> None:
    reading, writing = os.pipe()
    try:
        given = [Path(f"/dev/fd/{reading}"), Path(f"/dev/fd/{writing}")]
        assert chosen(*given).files == given
    finally:
        os.close(reading)
        os.close(writing)


def test_a_file_that_is_called_as_standard_input_and_found_is_a_file(folder: Path) -> None:
    (folder / "-").write_text("Words.")
    with chdir(folder):
        assert chosen("[-]").files == [folder / "-"]
        assert folder / "-" in select_files([Path()], lambda _: True, "text").files


def test_a_file_that_is_named_is_taken_whatever_it_is(folder: Path) -> None:
    given = [folder / "c.png", folder / ".hidden.txt", folder / "none.txt", STANDARD_INPUT]
    assert chosen(*given).files == given


def test_a_glob_that_the_shell_left_is_expanded(folder: Path) -> None:
    assert names(chosen(folder / "*.txt"), folder) == ["a.txt", "b.txt"]
    assert names(chosen(f"{folder}/**/*.txt"), folder) == ["a.txt", "a/f.txt", "b.txt", "sub/d.txt"]
    assert names(chosen(folder / "s*"), folder) == ["sub/d.txt"]


def test_a_name_that_is_there_is_no_glob(folder: Path) -> None:
    odd = folder / "[a].txt"
    odd.write_text("Words.")
    assert chosen(odd).files == [odd]


def test_a_selection_without_files_is_reported(folder: Path) -> None:
    empty = folder / "a" / "empty"
    empty.mkdir()
    assert chosen(folder / "*.pdf", empty).complaints == [
        f"{folder}/*.pdf: there is no such file; check the name",
        f"{empty}: the folder has no text; give another",
    ]


@pytest.mark.parametrize("name", ["a\0b*", "x" * 300 + "*", "["])
def test_an_impossible_file_name_is_reported(name: str) -> None:
    result = chosen(name)
    assert len(result.complaints) == 1


def test_an_unreadable_folder_is_reported_and_the_others_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = chosen(folder)
    assert names(result, folder) == ["a.txt", "b.txt", "a/f.txt"]
    assert result.complaints == [f"{folder}/sub: cannot be used: permission denied"]
