"""Markdown: inert, exact, read back to the same bytes, and open to editing by hand."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support.examples import FEW, MANY
from support.oracles.markdown_tables import tables_in
from support.strategies.markdown_maps import any_character, free, maps

from argmap.errors import InputError
from argmap.formats import markdown_syntax as form
from argmap.formats.registry import export_formats, import_formats
from argmap.text.display import HIDDEN
from store import ImportFile, ImportOptions, ImportReport, import_records, open_store, open_to_read
from store.queries import load_everything

GOLDEN = Path(__file__).parent / "golden"
DEMO = Path(__file__).parents[1] / "argmap" / "demo.jsonl"
AT = "2026-01-01T00:00:00Z"


def import_content(path: Path, content: bytes, name: str = "jsonl") -> ImportReport:
    file = ImportFile("x", import_formats()[name], io.BytesIO(content))
    return import_records(path, [file], ImportOptions("tess", AT))


def exported(path: Path, name: str = "markdown") -> str:
    store = open_to_read(path)
    assert store is not None
    with store:
        return "".join(export_formats()[name].write(load_everything(store)))


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "demo.db"
    assert not import_content(path, DEMO.read_bytes()).rejected
    return path


@FEW
@given(records=maps())
def test_a_hostile_map_comes_back_to_the_same_bytes(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("maps")
    content = b"\n".join(msgspec.json.encode(record) for record in records)
    import_content(folder / "one.db", content)
    store = open_to_read(folder / "one.db")
    if store is None:
        return
    store.close()
    first = exported(folder / "one.db")
    if not first:
        return
    account = import_content(folder / "two.db", first.encode(), "markdown")
    assert not account.rejected, (first, account.rejected)
    assert exported(folder / "two.db") == first
    for head, *rows in tables_in(first.split("\n## Text\n")[0]):
        assert {len(row) for row in rows} == {len(head)}
        assert all(any(column) for column in zip(*rows, strict=True)), head
    plain = [exported(folder / f"{name}.db", "jsonl") for name in ("one", "two")]
    assert _without_made_ids(plain[0]) == _without_made_ids(plain[1])


def _without_made_ids(lines: str) -> list[str]:
    """Return the lines of an export in an order that does not depend on ids made by argmap."""
    return sorted(re.sub(r'"~(?:[^"\\]|\\.)*"', '"~"', line) for line in lines.splitlines())


@MANY
@given(text=st.one_of(free, st.text(any_character)))
def test_whatever_is_written_as_prose_is_one_plain_paragraph(text: str) -> None:
    for source in (form.prose(text), form.line(text)):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"{source}\n")
        assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        inner = {child.type for child in tokens[1].children or []}
        assert inner <= {"text", "text_special", "hardbreak"}
        assert form.from_line(tokens[1].content) == text
        assert not re.search(f"(?!\n)[{HIDDEN}]", source)


def test_ordinary_words_are_not_escaped(demo: Path) -> None:
    written = exported(demo)
    text = written.split("\n## Text\n")[1]
    assert "\\" not in text
    assert "At twenty to midnight they dim the lamps on Kelmouth quay" in text


def test_the_demo_comes_back_to_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    written = exported(demo)
    assert not import_content(tmp_path / "b.db", written.encode(), "markdown").rejected
    assert exported(tmp_path / "b.db") == written
    assert exported(tmp_path / "b.db", "jsonl") == exported(demo, "jsonl")


def test_the_demo_is_written_as_ever(demo: Path) -> None:
    assert exported(demo) == (GOLDEN / "demo.md").read_text("utf-8")


def test_a_file_of_an_older_form_is_read_as_ever(demo: Path, tmp_path: Path) -> None:
    """`golden/older.md` is the demo as written before the table of claims had grades.

    It was rated under version 1.0 of the rubric then.
    """
    older = (GOLDEN / "older.md").read_bytes()
    assert not import_content(tmp_path / "b.db", older, "markdown").rejected
    then, now = (
        [json.loads(line) for line in exported(path, "jsonl").splitlines()]
        for path in (tmp_path / "b.db", demo)
    )
    assert [r for r in then if r["type"] != "rating"] == [r for r in now if r["type"] != "rating"]
    asked = ("statement", "criterion", "assessor", "at")
    ratings = [
        sorted([r["version"], *(r[key] for key in asked)] for r in some if r["type"] == "rating")
        for some in (then, now)
    ]
    assert ratings[0] == [["1.0", *rest] for _, *rest in ratings[1]]


def test_reading_a_file_back_where_it_came_from_changes_nothing(demo: Path) -> None:
    account = import_content(demo, exported(demo).encode(), "markdown")
    assert (account.operation, account.rejected) == (None, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 4 items, 1 origin |", "| 9 items, 9 origins |"),
        ("by demo (2026-10-05", "by nobody (2036-10-05"),
        ("| 47 | 72 | Limited |", "| 97 | 92 | Strong |"),
        ("- **Flags**: ", "- main claim: "),
        ("| demo | 3 | 1 | 1 |", "| demo | 4 | 4 | 4 |"),
        ("Weak: fit 1 → 0", "Strong: fit 1 → 4"),
        ("| 6 of 16 |", "| 16 of 16 |"),
        ("## Coverage\n", "## Coverage\n\n### C1 · Another claim.\n\n**For**\n\n- **E1**\n"),
        ("| 23 % |", "| 99 % |"),
        ("**Origins**: 4 items, 1 origin", "**Origins**: 4 items, 4 origins"),
        ("- Traffic Return 31 of the Sound Ferries Board (S15): E3", "- **I1: E2** I say so: E3"),
        ("**Origins**: 1 item, no identified origin.\n\n- no source: E2\n\n", ""),
        ("Scores out of 100: Evidence quality 47", "Scores out of 100: Evidence quality 99"),
        ("\nMain claim: The", "\n- main claim\n\nMain claim: A"),
    ],
)
def test_what_is_worked_out_is_passed_over_where_it_is_edited(
    demo: Path, old: str, new: str
) -> None:
    written = exported(demo)
    assert old in written
    account = import_content(demo, written.replace(old, new).encode(), "markdown")
    assert (account.operation, account.rejected) == (None, [])
    assert exported(demo) == written


def test_changed_words_are_an_update(demo: Path) -> None:
    written = exported(demo)
    edited = written.replace(
        "### C5 · So few people use the night boat", "### C5 · Too few people use the night boat"
    )
    assert edited != written
    account = import_content(demo, edited.encode(), "markdown")
    assert (account.added, account.updated, account.rejected) == (0, 1, [])
    assert "### C5 · Too few people use the night boat" in exported(demo)


def test_a_statement_without_a_callers_id_is_found_by_its_label(tmp_path: Path) -> None:
    records = (
        b'{"type":"document","id":"d","title":"T","text":"Words here."}\n'
        b'{"type":"statement","document":"d","kind":"claim","text":"A claim."}\n'
        b'{"type":"statement","id":"e","document":"d","kind":"evidence","quote":"Words"}\n'
    )
    path = tmp_path / "a.db"
    import_content(path, records)
    edited = exported(path).replace(
        "### C1 · A claim.", "### C1 · Another claim.\n\n**For**\n\n- **E1**"
    )
    account = import_content(path, edited.encode(), "markdown")
    assert not account.rejected
    lines = [msgspec.json.decode(line) for line in exported(path, "jsonl").splitlines()]
    claims = [line for line in lines if line.get("kind") == "claim"]
    assert [claim["text"] for claim in claims] == ["Another claim."]
    [step] = [line for line in lines if line["type"] == "inference"]
    assert (step["premises"], step["conclusion"]) == (["e"], claims[0]["id"])


def test_a_new_section_is_a_new_statement_and_a_missing_one_stays(demo: Path) -> None:
    written = exported(demo)
    start, end = written.index("### C16 ·"), written.index("## Evidence")
    fresh = "### C99 · The ferry could be painted red.\n\n> the cannery’s late shift\n\n"
    account = import_content(demo, (written[:start] + fresh + written[end:]).encode(), "markdown")
    assert (account.added, account.rejected) == (1, [])
    after = exported(demo)
    assert "### C16 ·" in after
    assert "### C99 · The ferry could be painted red." in after


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("**I1: ", "**I1: Z9 + ", "no statement Z9"),
        ("At twenty to midnight", "At ten to midnight", "text has changed"),
        ('argmap: "1"', 'argmap: "9"', "form '9'"),
        ("\n## Text\n", "\n## Words\n", "## Text"),
        ("- nature: ", "- mood: ", "not 'mood'"),
        ("**For**", "**Fro**", "'Fro' is not a group"),
        ("## Evidence", "## Evidnce", "'Evidnce' is not a part"),
        ("**For**", "A stray thought.\n\n**For**", "belongs to no group"),
        (
            "\n### C2 · ",
            "\n### A new claim\n\n> Tolls.\n\n### C2 · ",
            "needs a label: ### C1 · words",
        ),
        ("\n### S2 · ", "\n### A new source\n\n### S2 · ", "needs a label: ### S1 · name"),
        ("**S1", "**S99", "no source S99"),
        ('title: "', 'title: "\\q', "YAML"),
    ],
)
def test_a_file_that_does_not_parse_is_refused_whole_naming_the_line(
    demo: Path, old: str, new: str, reason: str
) -> None:
    written = exported(demo)
    assert old in written
    before = exported(demo, "jsonl")
    with pytest.raises(InputError, match=r"line \d+: .*" + re.escape(reason)):
        import_content(demo, written.replace(old, new, 1).encode(), "markdown")
    assert exported(demo, "jsonl") == before


def test_a_summary_leaves_out_the_text_and_cannot_be_imported(demo: Path, tmp_path: Path) -> None:
    store = open_to_read(demo)
    assert store is not None
    summarise = export_formats()["markdown"].summarise
    assert summarise is not None
    with store:
        short = "".join(summarise(load_everything(store)))
    assert "At twenty to midnight" not in short
    assert "| Criterion |" not in short
    with pytest.raises(InputError, match="summary"):
        import_content(tmp_path / "s.db", short.encode(), "markdown")


def test_there_is_no_html_and_no_control_character(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script> \u202e\x1b[2J <img src=x> &nbsp; <http://x.y>"
    records = [
        {"type": "document", "id": "d", "title": nasty, "text": nasty, "author": nasty},
        {"type": "statement", "document": "d", "kind": "claim", "quote": nasty, "note": nasty},
    ]
    path = tmp_path / "a.db"
    import_content(path, b"\n".join(map(msgspec.json.encode, records)))
    written = exported(path)
    assert not re.search(f"(?!\n)[{HIDDEN}]", written)
    assert "⟦U+202E⟧" in written
    body = written.split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or []}
    assert not kinds & {"html_block", "html_inline", "link_open", "image"}


@pytest.mark.large
def test_a_map_of_many_levels_is_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    records = [{"type": "document", "id": "d", "title": "T", "text": "Words."}]
    for n in range(2000):
        above = {"supports": f"s{n - 1}"} if n else {"main": True}
        claim = {"type": "statement", "id": f"s{n}", "document": "d", "kind": "claim"}
        records.append(claim | {"text": f"Claim {n}"} | above)  # type: ignore[arg-type]
    import_content(path, b"\n".join(map(msgspec.json.encode, records)))
    written = exported(path)
    assert max(len(line) - len(line.lstrip()) for line in written.splitlines()) <= 4
    assert "1,599 inferences are not drawn" in written
    assert not import_content(tmp_path / "b.db", written.encode(), "markdown").rejected
    assert exported(tmp_path / "b.db") == written


def test_an_export_is_the_same_twice(demo: Path) -> None:
    with open_store(demo):
        assert exported(demo) == exported(demo)
    assert exported(demo).endswith("\n")
    assert not exported(demo).endswith("\n\n")
