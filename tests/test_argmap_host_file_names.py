"""Names of exported files are valid, short enough and unique."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argmap.host.file_names import LONGEST, file_name, file_names

if TYPE_CHECKING:
    from pathlib import Path

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

words = st.text(st.sampled_from("aA.- /\0橋é\u0301ß*"), max_size=20)
ids = st.lists(words | words.map(lambda word: word * 30), unique=True, max_size=12)


@given(ids)
@example([f"{'a' * 300}{number}" for number in range(12)])
@example(["/", "?", "*", "document"])
@example(["A", "a", "a-2", "Å", "A\u030a"])
def test_names_are_different_safe_and_not_too_long(
    tmp_path_factory: pytest.TempPathFactory, some: list[str]
) -> None:
    names = file_names(some, ".md", tmp_path_factory.getbasetemp())
    assert list(names) == some
    folded = {unicodedata.normalize("NFC", name.casefold()) for name in names.values()}
    assert len(folded) == len(some)
    for name in names.values():
        assert len(name.encode()) <= LONGEST
        assert re.fullmatch(r"[\w-][\w.-]*\.md", name)


@pytest.mark.parametrize("wanted", ["con", "NUL", "aux.2020", "com1", "LPT9.x.y"])
def test_a_device_of_windows_is_not_the_name_of_a_file(wanted: str) -> None:
    assert not RESERVED.fullmatch(file_name(wanted, ".md"))
    assert file_name(wanted, ".md") == f"_{wanted}.md"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("toll", "toll.md"),
        ("contra", "contra.md"),
        ("The toll: 2020/21", "The-toll-2020-21.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        (".hidden. ", "hidden.md"),
        ("...", "document.md"),
        ("a\ud800b", "a-b.md"),
        ("橋" * 84, "橋" * 84 + ".md"),
        ("橋" * 85, "橋" * 84 + ".md"),
    ],
)
def test_a_name_is_what_is_safe_of_the_id(wanted: str, name: str) -> None:
    assert file_name(wanted, ".md") == name


def test_names_can_be_written_in_their_folder(tmp_path: Path) -> None:
    some = [f"{'橋' * 100}{number}" for number in range(3)]
    for name in file_names(some, ".jsonl", tmp_path / "none" / "yet").values():
        (tmp_path / name).touch()
    assert len(list(tmp_path.iterdir())) == 3
