"""The records that the benchmarks make are sound, so the benchmarks measure full imports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from benchmarks.bulk_records import bare, mixed_records
from benchmarks.varied_records import varied_records
from support.drivers.desk import Content, Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@pytest.mark.parametrize("seed", range(4))
def test_varied_records_are_all_imported_and_their_export_is_the_same_again(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    records = list(varied_records(800, seed))
    account = desk.landed(*records)
    assert account.read == len(records) == account.added + account.unchanged
    assert desk.complaints() == []
    other = Desk(tmp_path / "other.db")
    assert other.land_bytes(desk.export()).rejected == []
    assert other.export() == desk.export()


def test_varied_records_are_of_every_type_and_refer_to_later_ones() -> None:
    records = list(varied_records(3000))
    types = Counter(record["type"] for record in records)
    assert types.keys() == {
        "document", "source", "statement", "inference", "attribution", "rating", "reliability",
        "credibility", "rubric",
    }  # fmt: skip
    known = set[str]()
    before = 0
    for record in records:
        before += record["type"] == "statement" and record["document"] not in known
        known.add(record.get("id", ""))
    assert 0 < before < types["statement"] / 2
    assert any("id" not in record for record in records)
    assert any(not record["text"].isascii() for record in records if "text" in record)


def test_the_same_seed_makes_the_same_records() -> None:
    assert list(varied_records(500, 3)) == list(varied_records(500, 3))
    assert list(varied_records(500, 3)) != list(varied_records(500, 4))


@pytest.mark.parametrize("made", [mixed_records, lambda count: bare(mixed_records(count))])
def test_mixed_records_and_their_plain_yardstick_are_all_imported(
    desk: Desk, made: Callable[[int], Iterable[Content]]
) -> None:
    desk.landed(*made(600))
    assert len(desk.exported("statement")) == 600
