"""Maps as tables: exports import unchanged, cells are safe, and omissions are named."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import (
    AT,
    ATTRIBUTION,
    BASICS,
    CLAIM,
    DOCUMENT,
    EVERYTHING,
    EVIDENCE,
    INFERENCE,
    OTHER,
    RATING,
    SOURCE,
    Content,
    Desk,
    without,
)
from support.examples import FEW
from support.strategies.records import record_files

import store
from argmap.formats.registry import export_formats, import_formats
from argmap.formats.table_syntax import columns
from store.queries import load_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
DEMO = Path(__file__).parents[1] / "argmap" / "demo.jsonl"
NAMES = ["csv", "tsv"]


def table(desk: Desk, name: str = "csv") -> str:
    with store.open_to_read(desk.path) or store.open_memory() as opened:
        return "".join(export_formats()[name].write(load_everything(opened)))


def left_out(desk: Desk) -> list[str]:
    leaves_out = export_formats()["csv"].leaves_out
    assert leaves_out is not None
    with store.open_to_read(desk.path) or store.open_memory() as opened:
        return list(leaves_out(load_everything(opened)))


def rows(desk: Desk) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(desk), newline="")))


def row(desk: Desk, id_: str) -> dict[str, str]:
    (found,) = [each for each in rows(desk) if each["id"] == id_]
    return {name: cell for name, cell in found.items() if cell}


def land_table(desk: Desk, content: str, name: str = "csv") -> store.ImportReport:
    file = store.ImportFile("a", import_formats()[name], io.BytesIO(content.encode()))
    return store.import_records(desk.path, [file], store.ImportOptions("zoe", AT))


def desks(count: int) -> Iterator[list[Desk]]:
    """Yield once, inside a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield [Desk(Path(folder) / f"{n}.db") for n in range(count)]


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(record_files())
def test_statements_come_back_the_same_and_the_table_to_the_same_bytes(
    name: str, records: list[Content]
) -> None:
    for first, second in desks(2):
        first.landed(*records)
        second.landed(*(r for r in records if r["type"] in ("document", "source")))
        written = table(first, name)
        account = land_table(second, written, name)
        assert account.rejected == []
        wanted = [without(record, "order") for record in first.exported("statement")]
        assert second.exported("statement") == wanted
        assert table(second, name) == written
        assert land_table(second, written, name).operation is None
        assert first.complaints() == second.complaints() == []


@FEW
@given(record_files())
def test_a_table_changes_nothing_where_it_comes_from(records: list[Content]) -> None:
    for (desk,) in desks(1):
        desk.landed(*records)
        before = desk.export()
        account = land_table(desk, table(desk))
        assert (account.rejected, account.operation) == ([], None)
        assert desk.export() == before


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_the_worked_example_is_the_golden_one(desk: Desk, name: str) -> None:
    desk.land_bytes(DEMO.read_bytes())
    assert table(desk, name) == (GOLDEN / f"demo.{name}").read_bytes().decode()


def test_attributions_ratings_and_their_sources_come_back(desk: Desk) -> None:
    desk.land_bytes(DEMO.read_bytes())
    copy = Desk(desk.path.with_name("copy.db"))
    copy.landed(*desk.exported("document"))
    assert land_table(copy, table(desk)).rejected == []
    assert copy.exported("attribution") == desk.exported("attribution")
    kept = ("id", "statement", "assessor", "criterion", "answer")
    assert [[r[k] for k in kept] for r in copy.exported("rating")] == [
        [r[k] for k in kept] for r in desk.exported("rating")
    ]
    named = {s["id"]: (s["name"], s["kind"]) for s in copy.exported("source")}
    assert named.items() <= {s["id"]: (s["name"], s["kind"]) for s in desk.exported("source")}.items()  # fmt: skip
    assert set(named) == {id_ for a in desk.exported("attribution") for id_ in a.get("chain", ())}


def test_a_table_has_every_column_and_one_row_for_each_statement(desk: Desk) -> None:
    desk.landed(*EVERYTHING)
    assert [each["id"] for each in rows(desk)] == ["c1", "e1", "a1"]
    assert tuple(rows(desk)[0]) == columns()
    assert table(desk).endswith("\n")
    assert not table(desk).endswith("\n\n")


def test_several_documents_share_one_table(desk: Desk) -> None:
    late = {"type": "statement", "id": "b1", "document": "bus", "kind": "claim", "text": "Late."}
    desk.landed(*BASICS, OTHER, late)
    assert [each["document"] for each in rows(desk)] == ["bus", "toll", "toll"]


def test_an_empty_database_makes_a_header() -> None:
    for (desk,) in desks(1):
        assert table(desk) == ",".join(columns()) + "\n"
        assert left_out(desk) == []


def test_the_cells_of_a_row_say_what_the_records_say(desk: Desk) -> None:
    evidence = EVIDENCE | {
        "quote": "traffic fell by a fifth", "tags": ["a; b", "c"], "supports": "c1",
        "attribution": {"class": "vague_report", "source": "reports", "cue": "Reports say"},
    }  # fmt: skip
    desk.landed(DOCUMENT, SOURCE, CLAIM | {"main": True}, evidence, without(RATING, "id"))
    assert row(desk, "c1") == {
        "id": "c1", "document": "toll", "label": "C1", "kind": "claim", "main": "true",
        "text": "The toll pays for itself.", "assessor": "tess", "rubric_version": "1.1", "directness": "1",
    }  # fmt: skip
    assert row(desk, "e1") == {
        "id": "e1", "document": "toll", "label": "E1", "kind": "evidence",
        "text": "Traffic fell by a fifth.", "quote": "traffic fell by a fifth", "start": "38",
        "end": "61", "supports": "c1", "tags": r"a\; b | c", "class": "vague_report",
        "source": "reports", "source_name": "Reports", "source_kind": "vague",
        "cue": "Reports say",
    }  # fmt: skip


def test_inferences_and_attributions_keep_ids_of_their_own(desk: Desk) -> None:
    desk.landed(*BASICS, INFERENCE, ATTRIBUTION)
    found = row(desk, "e1")
    assert (found["supports"], found["supports_id"]) == ("c1", "i1")
    assert found["attribution_id"] == "at1"


def test_a_text_without_characters_is_not_lost(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM | {"note": ""})
    copy = Desk(desk.path.with_name("copy.db"))
    copy.landed(DOCUMENT)
    land_table(copy, table(desk))
    assert copy.record("c1")["note"] == ""


def test_answers_of_several_assessors_share_one_cell(desk: Desk) -> None:
    rating = without(RATING, "id")
    desk.landed(
        *BASICS,
        rating | {"assessor": "bob", "answer": "cannot_judge"},
        rating | {"assessor": "amy"},
        rating | {"assessor": "bob", "criterion": "fit", "answer": 3},
    )
    found = row(desk, "c1")
    assert (found["assessor"], found["directness"], found["fit"]) == (
        "amy | bob",
        "1 | cannot_judge",
        " | 3",
    )


def test_no_cell_of_a_hostile_map_is_run_by_a_spreadsheet(desk: Desk) -> None:
    hostile = [
        "=1+1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "'=1", '"=1"', "＝1", "a,=1", "a;=cmd|' /C x'!A0",
        "a\n=1", "\u200b=1", "\x1b[31m",
    ]  # fmt: skip
    claims = [
        CLAIM | {"id": f"c{n}", "text": text, "note": text, "tags": [text]}
        for n, text in enumerate(hostile)
    ]
    desk.landed(DOCUMENT, *claims)
    for name in NAMES:
        written = table(desk, name)
        for cell in re.split("[,;|\t\n]", written):
            assert cell.strip('" \u200b')[:1] not in set("=+-@＝")
        assert "\x1b" not in written
    copy = Desk(desk.path.with_name("copy.db"))
    copy.landed(DOCUMENT)
    land_table(copy, table(desk))
    assert copy.export() == desk.export()


def test_omissions_are_counted(desk: Desk) -> None:
    linked = INFERENCE | {"id": "i2", "premises": ["a1", "e1"], "stance": "opposes"}
    undercut = INFERENCE | {"id": "i3", "premises": ["a1"], "conclusion": "i2"}
    further = INFERENCE | {"id": "i4", "conclusion": "i3"}
    noted = INFERENCE | {"scheme": "sign", "note": "so"}
    reason = RATING | {"because": "so", "at": AT}
    plain = RATING | {"id": "r2", "rubric": "plain", "criterion": "good"}
    others = [r for r in EVERYTHING if r["type"] not in ("inference", "rating", "attribution")]
    desk.landed(*others, further, linked, undercut, noted, reason, plain)
    assert left_out(desk) == [
        "2 document texts", "3 linked inferences", "1 label", "1 scheme", "1 inference note",
        "1 rating", "1 reason", "1 time", "2 Admiralty ratings", "1 uncited source",
    ]  # fmt: skip
    assert "supports" not in row(desk, "a1")


def test_a_row_edited_in_a_spreadsheet_is_an_update(desk: Desk) -> None:
    desk.landed(*BASICS)
    content = "\ufeff" + table(desk).replace(",", ";").replace("\n", "\r\n")
    account = land_table(desk, content.replace("pays for itself", "pays"))
    assert (account.updated, account.unchanged, account.rejected) == (1, 1, [])
    assert desk.record("c1")["text"] == "The toll pays."


CELLS = st.one_of(
    st.sampled_from(
        ["", "c1", "e1", "a1", "i1", "reports", "toll", "claim", "evidence", "vague_report", "1",
         "38", "61", "traffic fell by a fifth", "true", "amy", "amy | bob", "1 | 2", "c1 | e1",
         "i9", "a > b", "=1", "'=1", "not_rated", "person"]
    ),
    st.text(max_size=5),
)  # fmt: skip


@FEW
@given(st.lists(st.dictionaries(st.sampled_from(columns()), CELLS), min_size=1, max_size=6))
def test_any_rows_are_accounted_for_and_leave_the_database_sound(
    cells: list[dict[str, str]],
) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns())
    writer.writeheader()
    writer.writerows({"document": "toll", "kind": "claim", "text": "So."} | each for each in cells)
    for (desk,) in desks(1):
        desk.landed(*EVERYTHING)
        account = land_table(desk, out.getvalue())
        landed = account.added + account.updated + account.unchanged
        assert account.read == landed + account.rejected_total
        assert sum(account.reasons.values()) == account.rejected_total
        assert desk.complaints() == []
