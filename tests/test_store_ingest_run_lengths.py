"""An import has one report and one database, however many records a span has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.drivers.desk import Desk, lines
from support.drivers.import_lengths import (
    WHOLE,
    Importing,
    Input,
    Interruption,
    Way,
    differences,
    importing,
    in_spans,
    judged,
    smallest,
)
from support.examples import FEW
from support.strategies.colliding_records import any_inputs, inputs, ways_of_importing
from support.strategies.collisions import CHANGES, COLLISIONS
from support.strategies.planted_faults import GROUND, PLANTS, Line

import store
from argmap import export_text
from store.ingest import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNSHRUNK = [Phase.explicit, Phase.generate]
"""`assert_the_same` finds the fewest lines itself."""
# The examples are the same in each run; `benchmarks/lengths.py` searches new ones.
SOME = settings(derandomize=True, database=None, phases=UNSHRUNK)
FEWER = settings(FEW, derandomize=True, database=None, phases=UNSHRUNK)
NAMED = PLANTS | COLLISIONS
STOPPED = (Interruption(records=11), Interruption(commits=4))
"""The moments at which the import of a short file is interrupted twice."""


def content(lines: Iterable[Line], own: str = "p") -> bytes:
    """Return *lines* for the document with the id *own*."""
    return b"\n".join(line.raw.replace(b"@", own.encode()) for line in lines)


def all_named() -> bytes:
    """Return every named planted fault and collision in one file, each in its document."""
    cases = enumerate(NAMED.values())
    return b"\n".join(content((*GROUND, *case), f"p{n}") for n, case in cases)


def sound_records(number: int) -> bytes:
    """Return so many records without faults, of every way through an import."""
    records: list[dict[str, Any]] = [
        {"type": "document", "id": "long", "title": "Long", "text": "It is long."},
        {"type": "source", "id": "voice", "name": "Ames", "kind": "person"},
    ]
    for n in range(number - len(records)):
        record: dict[str, Any] = {
            "type": "statement", "id": f"long{n}", "document": "long", "kind": "evidence",
            "text": f"Line {n}.",
        }  # fmt: skip
        if n % 20 == 1:
            record |= {"supports": f"long{n - 1}", "quote": "It is long."}
        if n % 20 == 2:
            record |= {"attribution": {"class": "named_person", "source": "voice"}}
        records.append(record)
    return lines(records)


def assert_the_same(way: Way) -> None:
    """Import whole and by *way*; on a difference, show the fewest lines that cause one."""
    if differences(way):
        less = smallest(way)
        pytest.fail("\n".join([str(less), *differences(less)]), pytrace=False)


def assert_faults(account: store.ImportReport, expected: Sequence[Line], before: int) -> None:
    """Compare the rejected records with *expected*, after so many lines *before*."""
    assert [(r.line - before, r.path, r.kind) for r in account.rejected] == [
        (n, line.path, line.kind) for n, line in enumerate(expected, 1) if line.path is not None
    ]


@pytest.mark.parametrize("name", COLLISIONS)
def test_collisions_validated_whole_are_the_planted_faults(desk: Desk, name: str) -> None:
    with in_spans(WHOLE):
        account = desk.land_bytes(content((*GROUND, *COLLISIONS[name])))
    assert_faults(account, COLLISIONS[name], len(GROUND))
    assert desk.complaints() == []


@pytest.mark.parametrize("name", CHANGES)
def test_changes_validated_whole_have_the_planted_faults(desk: Desk, name: str) -> None:
    before, lines_ = CHANGES[name]
    desk.land_bytes(content((*GROUND, *before)))
    with in_spans(WHOLE):
        account = desk.land_bytes(content(lines_))
    assert_faults(account, lines_, 0)
    assert desk.complaints() == []


@pytest.mark.parametrize("name", PLANTS)
def test_a_fault_is_the_same_in_spans(name: str) -> None:
    assert_the_same(Way(Input((content((*GROUND, *PLANTS[name])),)), 1))
    assert_the_same(Way(Input((content((*PLANTS[name], *GROUND)),)), 3, STOPPED))


@pytest.mark.parametrize("name", COLLISIONS)
def test_a_collision_is_the_same_in_spans(name: str) -> None:
    assert_the_same(Way(Input((content((*GROUND, *COLLISIONS[name])),)), 1))
    assert_the_same(Way(Input((content((*COLLISIONS[name], *GROUND)),)), 3, times=2))


@pytest.mark.parametrize("name", COLLISIONS)
def test_a_collision_is_the_same_after_interruptions(name: str) -> None:
    file = content((*GROUND, *COLLISIONS[name]))
    for commits in (5, 7):  # just after the first line that follows the ground, and later
        assert_the_same(Way(Input((file,)), 1, (Interruption(commits=commits),)))


@pytest.mark.parametrize("name", COLLISIONS)
def test_a_collision_with_an_existing_row_is_the_same_in_spans(name: str) -> None:
    file = content(COLLISIONS[name])
    assert_the_same(Way(Input((file,), content(GROUND)), 2, STOPPED))
    assert_the_same(Way(Input((file,), content((*GROUND, *COLLISIONS[name]))), 1))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_an_existing_row_is_the_same_in_spans(name: str) -> None:
    before, lines_ = CHANGES[name]
    input_ = Input((content(lines_),), content((*GROUND, *before)))
    for way in (Way(input_, 1), Way(input_, 2, times=2), Way(input_, 1, STOPPED)):
        assert_the_same(way)


@SOME
@given(ways_of_importing(inputs()))
def test_a_small_file_of_collisions_leads_to_the_same_in_any_way(way: Way) -> None:
    assert_the_same(way)


@FEWER
@given(ways_of_importing(any_inputs()))
def test_a_file_of_all_kinds_of_records_leads_to_the_same_in_any_way(way: Way) -> None:
    assert_the_same(way)


@FEWER
@given(st.integers(1, 8), inputs())
def test_strict_dry_and_atomic_imports_reject_the_same_in_spans(span: int, input_: Input) -> None:
    with importing(input_) as one:
        for option in ("is_dry", "is_strict", "is_atomic"):
            assert_rejects_the_same(one, span, option)


def assert_rejects_the_same(one: Importing, span: int, option: str) -> None:
    """Compare a dry import in one span with one under *option* in spans.

    The latter commits at most once.
    """
    path = one.desk.path
    was = path.read_bytes() if path.exists() else None
    with in_spans(WHOLE):
        expected = judged(one.run(is_dry=True))
    with in_spans(span):
        account = one.run(**{option: True})
    assert judged(account) == expected
    if option == "is_dry" or (option == "is_strict" and account.rejected_total):
        assert (account.operation, path.read_bytes() if path.exists() else None) == (None, was)
        assert one.state() is None
    if account.operation is not None:
        one.desk.undo()
    assert one.desk.complaints() == []


def test_a_strict_import_in_spans_writes_all_or_nothing(desk: Desk) -> None:
    sound, faulty = sound_records(40), content(PLANTS["white space"], "long")
    with in_spans(4):
        assert desk.land_bytes(sound, faulty, is_strict=True).operation is None
        assert not desk.path.exists()
        assert desk.land_bytes(sound, is_strict=True).added == 40
    assert [operation.state for operation in desk.history()] == ["done"]


def test_the_report_of_a_short_file_stays_when_thousands_of_sound_records_follow() -> None:
    short, sound = all_named(), sound_records(run.SPAN + 1)
    with importing(Input((short,))) as one, in_spans(WHOLE):
        expected = judged(one.run())
    expected["read"] += run.SPAN + 1
    with importing(Input((short, sound))) as one:
        dry = judged(one.run(is_dry=True))
        assert not one.desk.path.exists()
        assert judged(one.run()) == expected
        assert one.desk.complaints() == []
    assert dry == expected


def test_the_report_of_a_short_file_stays_when_thousands_of_sound_records_come_before() -> None:
    input_ = Input((sound_records(run.SPAN + 1) + all_named(),))
    assert_leads_to_the_same(Way(input_, run.SPAN))
    assert_leads_to_the_same(Way(input_, run.SPAN, (Interruption(commits=2),)))


def assert_leads_to_the_same(way: Way) -> None:
    """Compare as `assert_the_same` does, for an input too long to search for fewer lines."""
    found = differences(way)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


ROWS = """id,document,kind,text,quote,label,supports
e1,p,evidence,It fell.,it fell,,pc
,p,evidence,It stays.,It stays.,,
,p,claim,x,,Toll,
,p,claim,x,,Toll,
,p,claim,y,,Toll,
e1,p,evidence,Other words.,,,
e2,p,evidence,Of a later one.,,,e3
e3,p,evidence,Later.,,,none
pc,p,claim,x,,C1,
"""


def tables() -> list[tuple[bytes, ...]]:
    """Return tables with faults; the second repeats some rows of the first."""
    return [(ROWS.encode(),), (ROWS.encode(), ROWS.replace("fell", "rose").encode())]


def markdown() -> list[tuple[bytes, ...]]:
    """Return a map in Markdown as exported, and with edits, some of them faulty."""
    with importing(Input(())) as one:
        one.desk.land_bytes(content((*GROUND, *COLLISIONS["sources of each other"])))
        with store.open_to_read(one.desk.path) or store.open_memory() as opened:
            text = export_text(store.load_map(opened, "p"))
    new = "### C2 · Another\n\n## Evidence\n\n### E2 · New\n\n> nowhere\n\n"
    edited = text.replace("## Evidence\n", new, 1).replace("### E1 · x", "### E1 · Other words")
    unnamed = edited.replace("- id: pc\n", "").replace("- id: pe\n", "")
    return [(text.encode(),), (edited.encode(),), (unnamed.encode(),), (unnamed.encode(),) * 2]


@pytest.mark.parametrize("before", [b"", content(GROUND)], ids=["nothing before", "its map before"])
@pytest.mark.parametrize("span", [1, 3])
@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_tables_and_markdown_lead_to_the_same_in_spans(form: str, span: int, before: bytes) -> None:
    for files in tables() if form == "csv" else markdown():
        assert_the_same(Way(Input(files, before, form), span))
        assert_the_same(Way(Input(files, before, form), span, STOPPED))
