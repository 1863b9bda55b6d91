"""Markdown that a formatter has saved is read like the original."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import FEW
from support.strategies.markdown_formatter import CHANGES
from support.strategies.markdown_maps import maps
from test_argmap_exports_markdown_round_trips import DEMO, GOLDEN, exported, import_content

from argmap.errors import InputError
from argmap.formats import markdown_syntax as form

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

SPACED = "Rain  fell.  Boats   waited.\n\nThey waited  long.\n"
RECORDS: list[dict[str, Any]] = [
    {"type": "document", "id": "d", "title": "Rain  and boats", "author": "A  B", "text": SPACED},
    {"type": "statement", "id": "c", "document": "d", "kind": "claim",
     "quote": ["fell.  Boats   waited.", "waited  long"], "text": "It  rained.", "note": "a  b"},
    {"type": "rating", "statement": "c", "criterion": "fit", "answer": 3, "because": "x   y"},
]  # fmt: skip


def spaced(folder: Path) -> Path:
    path = folder / "spaced.db"
    assert not import_content(path, b"\n".join(map(msgspec.json.encode, RECORDS))).rejected
    return path


@FEW
@given(records=maps(), names=st.sets(st.sampled_from([*CHANGES])))
def test_a_hostile_map_is_the_same_after_a_formatter_saved_it(
    records: list[dict[str, Any]], names: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("maps")
    import_content(folder / "one.db", b"\n".join(map(msgspec.json.encode, records)))
    first = exported(folder / "one.db") if (folder / "one.db").exists() else ""
    if not first:
        return
    saved = first
    for name in [name for name in CHANGES if name in names]:
        saved = CHANGES[name](saved)
    account = import_content(folder / "two.db", saved.encode(), "markdown")
    assert not account.rejected, (saved, account.rejected)
    assert exported(folder / "two.db") == first


@pytest.mark.parametrize("name", CHANGES)
def test_the_demo_is_the_same_after_a_formatter_saved_it(name: str, tmp_path: Path) -> None:
    import_content(tmp_path / "a.db", DEMO.read_bytes())
    import_content(spaced(tmp_path), b"")
    for path in (tmp_path / "a.db", tmp_path / "spaced.db"):
        written = exported(path)
        account = import_content(path, CHANGES[name](written).encode(), "markdown")
        assert (account.operation, account.rejected) == (None, [])
        assert exported(path) == written


def test_an_op_ed_is_searched_as_it_is_and_other_words_have_signs(tmp_path: Path) -> None:
    written = exported(spaced(tmp_path))
    assert 'double_spaces: "4 11 18x3 41"' in written
    assert "\nRain  fell.  Boats   waited.\n" in written
    assert "> fell.  Boats   waited.\n" in written
    assert "### C1 · It ⟦U+0020⟧rained." in written
    assert "- note: a ⟦U+0020⟧b" in written
    assert 'author: "A ⟦U+0020⟧B"' in written


def test_a_text_without_double_spaces_has_no_list_of_them(tmp_path: Path) -> None:
    import_content(tmp_path / "a.db", DEMO.read_bytes())
    assert "double_spaces" not in exported(tmp_path / "a.db")


@pytest.mark.parametrize(
    "places",
    ["4 11 18x3 40", "4 11 18x3", "4 11 18x3 41 44", "x", "4 4 4", "9999999", "4 11 18x999999999",
     "4x-1", "4x0 11 18x3 41", "41 18x3 11 4", "٤ 11 18x3 41", ""],
)  # fmt: skip
def test_places_that_do_not_give_the_text_back_are_refused(places: str, tmp_path: Path) -> None:
    written = CHANGES["spaces"](exported(spaced(tmp_path)))
    wrong = written.replace('"4 11 18x3 41"', f'"{places}"')
    assert wrong != written
    with pytest.raises(InputError, match=r"line \d+: the op-ed's text has changed"):
        import_content(tmp_path / "b.db", wrong.encode(), "markdown")


def test_a_word_changed_in_the_text_is_refused_after_a_formatter_too(tmp_path: Path) -> None:
    written = CHANGES["spaces"](exported(spaced(tmp_path)))
    with pytest.raises(InputError, match="text has changed"):
        import_content(
            tmp_path / "b.db", written.replace("Rain fell", "Rein fell").encode(), "markdown"
        )


def test_a_file_from_before_the_list_is_read_as_it_is(tmp_path: Path) -> None:
    written = exported(spaced(tmp_path))
    older = re.sub("double_spaces.*\n", "", written).replace(" ⟦U+0020⟧", "  ")
    assert not import_content(tmp_path / "b.db", older.encode(), "markdown").rejected
    assert exported(tmp_path / "b.db") == written


def test_a_quotation_added_by_hand_finds_double_spaces(tmp_path: Path) -> None:
    path = spaced(tmp_path)
    fresh = "### E1 · It rained.\n\n> fell. Boats waited.\n\n## Sources\n\n"
    edited = exported(path).replace("## Rubrics\n", f"## Evidence\n\n{fresh}## Rubrics\n")
    account = import_content(path, CHANGES["spaces"](edited).encode(), "markdown")
    assert (account.added, account.updated, account.rejected) == (1, 0, [])
    records = map(json.loads, exported(path, "jsonl").splitlines())
    [evidence] = [r for r in records if r.get("kind") == "evidence"]
    assert evidence["quote"] in ("fell.  Boats   waited.", ["fell.  Boats   waited."])


def test_quotations_that_were_joined_are_still_several(tmp_path: Path) -> None:
    path = spaced(tmp_path)
    written = exported(path)
    joined = re.sub(r"(?m)^(> \*¶.*\*)\n\n> ", r"\1\n>\n> ", written)
    assert joined != written
    assert import_content(path, joined.encode(), "markdown").operation is None
    under = re.sub(r"(?m)^>\n", "", written)
    assert import_content(path, under.encode(), "markdown").operation is None


def test_lines_of_chinese_are_joined_without_a_space(tmp_path: Path) -> None:
    text = "潮水上涨。渡轮停航,岛上的人 等待。"
    records = [{"type": "document", "id": "d", "title": "T", "text": text}]
    import_content(tmp_path / "a.db", msgspec.json.encode(records[0]))
    written = exported(tmp_path / "a.db")
    for old, new in (("。渡", "。\n渡"), ("人 等", "人\n等")):
        wrapped = written.replace(old, new)
        assert wrapped != written
        assert import_content(tmp_path / "a.db", wrapped.encode(), "markdown").operation is None


def test_what_formatters_write_for_a_character_is_that_character() -> None:
    assert form.from_line("a&nbsp;b &#160;&#xA0; &copy; &nosuch; \\&amp;") == (
        "a\xa0b \xa0\xa0 © &nosuch; &amp;"
    )
    assert form.from_line("&#0; &#xD800; &#x110000;") == "\ufffd \ufffd \ufffd"
    assert form.from_line("see <https://x.org/a_b> and \\<b>") == "see https://x.org/a_b and <b>"
    assert form.from_line("one  \ntwo\\\nthree \nfour\\\\\nfive") == "one\ntwo\nthree four\\ five"


def test_the_goldens_of_older_forms_are_read_after_a_formatter_too(tmp_path: Path) -> None:
    older = (GOLDEN / "older.md").read_text("utf-8")
    import_content(tmp_path / "a.db", older.encode(), "markdown")
    for name in ("spaces", "emphasis", "strong", "tables", "wrapped", "front matter"):
        saved = CHANGES[name](older)
        assert import_content(tmp_path / "a.db", saved.encode(), "markdown").operation is None, name
