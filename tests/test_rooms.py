"""The rooms of the code: drawn correctly in CONTRIBUTING.md, and small enough to read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import pytest
from support import rooms

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILES = 14
"""Maximum files in a folder, besides `__init__.py`; `argmap.cli` has one for each command."""

OF_ALL_ROOMS: Final = frozenset(
    {"test_code_size", "test_example_counts", "test_packaging", "test_pictures", "test_private_names", "test_readme", "test_rooms",
     "test_benchmarks_varied_records", "test_store_doors", "test_tui_contracts", "test_tui_monkey",
     "test_tui_rooms", "test_words"}
)  # fmt: skip
"""Tests of a whole package, of all packages, or of the files outside them."""

if not rooms.GUIDE.is_file():
    pytest.skip("CONTRIBUTING.md is not here", allow_module_level=True)


FOLDERS: Final = sorted(
    path.parent
    for package in rooms.PACKAGES
    for path in (rooms.ROOT / package).rglob("__init__.py")
)


def test_the_guide_draws_the_rooms_as_they_are() -> None:
    assert rooms.drawn() == rooms.picture().strip("\n"), "run python tests/support/rooms.py"


def test_every_path_in_the_guide_is_there() -> None:
    words = rooms.GUIDE.read_text("utf-8").replace("*", "1").split("`")[1::2]
    paths = [word for word in words if word.startswith(("argmap/", "store/", "tui/", "tests/"))]
    assert paths
    assert [path for path in paths if not (rooms.ROOT / path).exists()] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: str(p.relative_to(rooms.ROOT)))
def test_a_room_says_what_it_is_and_is_no_crowd(folder: Path) -> None:
    assert '"""' in (folder / "__init__.py").read_text("utf-8")
    files = [f for f in folder.glob("*.py") if f.name != "__init__.py"]
    assert len(files) <= MOST_FILES or folder.name == "cli"


def test_an_import_within_a_room_has_a_dot() -> None:
    """So an absolute name in an import always means another room."""
    for package in rooms.PACKAGES:
        for path in (rooms.ROOT / package).rglob("*.py"):
            own = ".".join(path.parent.relative_to(rooms.ROOT).parts)
            names = [
                node.module
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.ImportFrom) and not node.level and node.module
            ]
            assert [n for n in names if f"{n}.".startswith(f"{own}.")] == [], path


def test_tests_are_called_after_the_room_that_they_test() -> None:
    rooms_ = {r.replace(".", "_") for package in rooms.PACKAGES for r in rooms.rooms_of(package)}
    named = [p.stem for p in (rooms.ROOT / "tests").glob("test_*.py") if p.stem not in OF_ALL_ROOMS]
    assert named
    lost = [n for n in named if not any(n.startswith(f"test_{room}") for room in rooms_)]
    assert lost == []


def test_arrows_that_follow_from_others_are_left_out() -> None:
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}
    assert list(rooms.without_implied(arrows)) == [("a", "b"), ("b", "c")]
    with pytest.raises(ValueError, match="a, b"):
        list(rooms.without_implied({"a": {"b"}, "b": {"a"}}))
