"""The report of a merge in full: its lines, its JSON, its limits, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import asdict, evolve
from support.drivers.command_line import Terminal

from argmap.model.source import Source
from store.merge.differences import Difference
from store.merge.plan import MOST_LISTED, CappedList, Relabelled, UnmergedEntity
from store.merge.run import MergeReport

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.command_line import Ran

TAKEN = Difference("c1", "statement", "C1", ("note", "text"), {"note": None, "text": "It pays."},
                   {"note": "New.", "text": "It paid."})  # fmt: skip
CONFLICT = Difference("s1", "source", None, ("name",), {"name": "Ames"}, {"name": None})
STUCK = evolve(CONFLICT, id="s2", reason="the name is taken")
LEFT_OUT = UnmergedEntity("e1", "statement", "E1", "its document differs")
OTHER_LABEL = Relabelled("c2", "statement", "toll", "C1", "C2")
NAMESAKES = [Source(f"n{n}", "Amy", "person") for n in range(6)]


def report(**values: object) -> MergeReport:
    empty = {
        name: CappedList[object]() for name in ("taken", "conflicts", "kept_out", "relabelled")
    }
    counts = {"read": 1234, "added": 1200, "updated": 1000, "unchanged": 10, "operation": 3}
    return MergeReport(**(empty | counts | {"same_names": [], "same_texts": []} | values))  # type: ignore[arg-type]  # by name


def capped(*items: object, total: int | None = None) -> CappedList[object]:
    return CappedList([*items], len(items) if total is None else total)


FULL = report(
    taken=capped(TAKEN),
    conflicts=capped(CONFLICT, STUCK),
    kept_out=capped(LEFT_OUT),
    relabelled=capped(OTHER_LABEL, evolve(OTHER_LABEL, theirs="C9", mine=None)),
    same_texts=[("d9", "d1")],
    same_names=[NAMESAKES[:2], NAMESAKES],
)


def merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: MergeReport, *options: str
) -> Ran:
    """Return what the command prints after a merge with the report *found*."""
    monkeypatch.setattr("store.merge.merge_database", lambda *_: found)
    return Terminal(tmp_path).run("merge", "their.db", *options)


def test_every_kind_has_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = merged(tmp_path, monkeypatch, FULL)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        (
            "1,234 records in their.db: 1,200 added, 1,000 updated, 10 unchanged, 2 conflicts,"
            " 1 left out; operation 3"
        ),
        "taken: statement C1 (c1): note 'New.'; text 'It paid.' instead of 'It pays.'",
        "conflict: source (s1): name is 'Ames' here, nothing there",
        (
            "conflict: source (s2): name is 'Ames' here, nothing there; theirs cannot be taken:"
            " the name is taken"
        ),
        "left out: statement E1 (e1): its document differs",
        "toll: their C1 is C2 here",
        "toll: their C9 is labelled differently here",
        "same text: d9 of theirs, d1 here",
        "same name: Amy (n0); Amy (n1)",
        "same name: Amy (n0); Amy (n1); Amy (n2); Amy (n3); Amy (n4) and 1 more",
        "argmap sources --merge ID INTO merges two duplicates",
        (
            "conflicts keep your values here, and their.db is unchanged; --theirs takes those of"
            " their.db"
        ),
    ]


@pytest.mark.parametrize(
    ("conflicts", "options"), [(capped(STUCK), ()), (capped(CONFLICT), ("--theirs",))]
)
def test_theirs_is_advised_only_where_it_would_settle_a_conflict(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    conflicts: CappedList[object],
    options: tuple[str, ...],
) -> None:
    ran = merged(tmp_path, monkeypatch, report(conflicts=conflicts), *options)
    last = ran.err.splitlines()[-1]
    assert last == "conflicts keep your values here, and their.db is unchanged"


def test_a_dry_run_says_what_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(taken=capped(TAKEN), read=1, operation=None)
    ran = merged(tmp_path, monkeypatch, found, "--dry-run")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "1 record in their.db: 1,200 would be added, 1,000 would be updated, 10 unchanged",
        "would be taken: statement C1 (c1): note 'New.'; text 'It paid.' instead of 'It pays.'",
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [({}, 0), ({"kept_out": capped(LEFT_OUT)}, 1), ({"conflicts": capped(STUCK)}, 1),
     ({"taken": capped(TAKEN), "relabelled": capped(OTHER_LABEL)}, 0)],
)  # fmt: skip
def test_the_exit_code_is_1_where_something_of_theirs_was_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, object], code: int
) -> None:
    for options in ((), ("--json",)):
        assert merged(tmp_path, monkeypatch, report(**values), *options).code == code


@pytest.mark.parametrize("name", ["taken", "conflicts", "kept_out", "relabelled"])
@pytest.mark.parametrize(("count", "more"), [(20, []), (21, ["and 1 more"])])
def test_twenty_of_each_kind_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, count: int, more: list[str]
) -> None:
    of = {"taken": TAKEN, "conflicts": STUCK, "kept_out": LEFT_OUT, "relabelled": OTHER_LABEL}
    found = report(**{name: capped(*[of[name]] * count)})
    lines = merged(tmp_path, monkeypatch, found).err.splitlines()[1:]
    if name == "conflicts":
        lines = lines[:-1]
    assert len(lines) == 20 + len(more)
    assert lines[20:] == more


def test_the_json_has_every_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = merged(tmp_path, monkeypatch, FULL, "--json").json
    assert found == {
        "read": 1234, "added": 1200, "updated": 1000, "unchanged": 10, "operation": 3,
        "taken": [{k: list(v) if k == "keys" else v for k, v in asdict(TAKEN).items() if k != "reason"}],
        "taken_total": 1,
        "conflicts": [asdict(c) | {"keys": ["name"]} for c in (CONFLICT, STUCK)],
        "conflicts_total": 2,
        "kept_out": [asdict(LEFT_OUT)],
        "kept_out_total": 1,
        "relabelled": [asdict(OTHER_LABEL), asdict(OTHER_LABEL) | {"theirs": "C9", "mine": None}],
        "relabelled_total": 2,
        "same_names": [["n0", "n1"], [source.id for source in NAMESAKES]],
        "same_texts": [{"theirs": "d9", "mine": "d1"}],
    }  # fmt: skip


@pytest.mark.parametrize("count", [MOST_LISTED - 1, MOST_LISTED, MOST_LISTED + 1])
def test_a_thousand_items_are_listed_and_all_are_counted(count: int) -> None:
    listing = CappedList[int]()
    for number in range(count):
        listing.add(number)
    assert (listing.total, listing.first) == (count, [*range(min(count, 1000))])
