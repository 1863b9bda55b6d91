"""A rubric from a file is stored with the first rating and removed with its undo."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.strategies.maps import (
    AT,
    RUBRIC,
    everything_of,
    rating,
    small_map,
    statement,
    with_all,
)
from test_argmap_rubrics_catalogue import SOUND

import store
from argmap import edit
from argmap.errors import ConflictError, InputError, RubricError
from argmap.host.files import LARGEST_SETTING
from argmap.records.rubric import rubric_from_toml
from argmap.rubrics import shipped_rubrics
from store.log import load_map_and_place, load_update
from store.queries import load_everything, offer_rubric_file, offer_rubrics
from store.rows import rubrics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argmap.model.rubric import Rubric

HOUSE = rubric_from_toml(SOUND, "house.toml")
KEY = (HOUSE.id, HOUSE.version)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[store.Store]:
    with store.open_store(tmp_path / "argmap.db") as found:
        store.apply(found, everything_of(small_map()), AT)
        yield found
        assert [c for c in store.examine(found) if not c.is_warning] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "rubrics"
    found.mkdir()
    return found


def stored(opened: store.Store) -> list[tuple[str, str]]:
    rows = opened.db.conn.execute("SELECT id, version FROM rubric ORDER BY id, version")
    return [(id_, version) for id_, version in rows]


def rate(
    opened: store.Store, rubric: Rubric, target: str = "s-toll", document: str = "toll"
) -> None:
    given = evolve(
        rating(f"r-{target}", target, "clear", 1), rubric=rubric.id, version=rubric.version
    )
    operation = edit.rate(store.load_map(opened, document), [given])
    store.apply(opened, operation, AT)


def test_a_folder_that_is_not_there_offers_nothing(opened: store.Store, tmp_path: Path) -> None:
    assert offer_rubrics(opened, tmp_path / "nowhere") == []
    assert set(rubrics(opened)) == {(r.id, r.version) for r in shipped_rubrics()}


def test_the_rubrics_of_a_folder_are_known_and_not_stored(
    opened: store.Store, folder: Path
) -> None:
    (folder / "house.toml").write_text(SOUND)
    (folder / "notes.txt").write_text("no rubric")
    assert offer_rubrics(opened, folder) == []
    assert rubrics(opened)[KEY] == HOUSE
    assert store.load_map(opened, "toll").rubrics[KEY] == HOUSE
    assert KEY not in stored(opened)
    assert load_everything(opened).rubrics == ()


def test_what_is_wrong_in_a_folder_is_told_and_the_rest_is_known(
    opened: store.Store, folder: Path
) -> None:
    (folder / "a.toml").write_text(SOUND.replace("weight = 2\n", ""))
    (folder / "b.toml").write_text(SOUND)
    (folder / "c.toml").write_text(SOUND.replace("House style", "Other"))
    (folder / "d.toml").write_bytes(b"\x00\x01")
    (folder / "e.toml").mkdir()
    told = "\n".join(offer_rubrics(opened, folder))
    assert rubrics(opened)[KEY] == HOUSE
    for name, reason in (
        ("a.toml", "blocks[0].criteria[0].weight: is missing"),
        ("c.toml", "house 1 is known with other content"),
        ("d.toml", "byte 1"),
        ("e.toml", "is a folder"),
    ):
        assert [name in line and reason in line for line in told.splitlines()].count(True) == 1
    assert len(told.splitlines()) == 4


@pytest.mark.parametrize(
    ("title", "encoding", "reason"),
    [
        ("Häuser", "cp1252", "is not UTF-8: byte 39 is 0xe4"),
        ("Houses", "utf-16", "is UTF-16"),
        ("Houses", "utf-16-be", "is UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8_is_left_out(
    opened: store.Store, folder: Path, title: str, encoding: str, reason: str
) -> None:
    spoilt = SOUND.replace("House style", title).encode(encoding)
    file = folder / "a.toml"
    file.write_bytes(spoilt)
    with pytest.raises(InputError, match=rf"a\.toml: {reason}; save it as UTF-8"):
        offer_rubric_file(opened, file)
    [told] = offer_rubrics(opened, folder)
    assert told == f"{file}: {reason}; save it as UTF-8"
    assert KEY not in rubrics(opened)


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(
    opened: store.Store, tmp_path: Path
) -> None:
    file = tmp_path / "house.toml"
    file.write_bytes(SOUND.replace("\n", "\r\n").encode("utf-8-sig"))
    assert offer_rubric_file(opened, file) == HOUSE


def test_one_of_argmaps_own_with_other_content_is_refused(
    opened: store.Store, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SOUND.replace('id = "house"', f'id = "{RUBRIC.id}"').replace('"1"', '"1.0"'))
    with pytest.raises(RubricError, match=r"own\.toml.*known with other content; give it a new"):
        offer_rubric_file(opened, file)


def test_one_that_the_database_has_with_other_content_is_refused(
    opened: store.Store, tmp_path: Path
) -> None:
    file = tmp_path / "house.toml"
    file.write_text(SOUND)
    rate(opened, offer_rubric_file(opened, file))
    file.write_text(SOUND.replace("weight = 1\n", "weight = 3\n"))
    with store.open_store(opened.path) as later:
        with pytest.raises(RubricError, match="house 1 is known with other content"):
            offer_rubric_file(later, file)
        file.write_text(SOUND)
        assert offer_rubric_file(later, file) == HOUSE


def test_a_missing_file_is_reported(opened: store.Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be used"):
        offer_rubric_file(opened, tmp_path / "none.toml")


def test_a_rubric_lands_with_the_first_rating_under_it_and_goes_with_its_undo(
    opened: store.Store,
) -> None:
    opened.offered[KEY] = HOUSE
    rate(opened, HOUSE)
    assert KEY in stored(opened)
    for _ in range(2):
        store.undo(opened)
        assert KEY not in stored(opened)
        store.redo(opened)
        assert KEY in stored(opened)
    rows = "SELECT count(*) FROM change WHERE type = 'rubric'"
    assert opened.db.conn.execute(rows).fetchone() == (0,)


def test_it_stays_while_a_later_rating_is_under_it(opened: store.Store) -> None:
    opened.offered[KEY] = HOUSE
    rate(opened, HOUSE)
    bus = with_all([evolve(statement("b-late", "C1"), document="bus")], document="bus")
    store.apply(opened, everything_of(bus), AT)
    rate(opened, HOUSE, "b-late", "bus")
    store.undo(opened, "toll")
    assert KEY in stored(opened)
    assert "r-b-late" in store.load_map(opened, "bus").ratings
    assert "r-s-toll" not in store.load_map(opened, "toll").ratings
    store.redo(opened, "toll")
    assert "r-s-toll" in store.load_map(opened, "toll").ratings


def test_argmaps_own_stays_when_a_rating_is_undone(opened: store.Store) -> None:
    answer = rating("r-quick", "s-toll", "directness", 1)
    given = evolve(answer, rubric="quick-look", version="1.0")
    store.apply(opened, edit.rate(store.load_map(opened, "toll"), [given]), AT)
    store.undo(opened)
    assert ("quick-look", "1.0") in stored(opened)


def test_a_rubric_that_came_in_meanwhile_with_other_content_is_refused(
    opened: store.Store,
) -> None:
    with store.open_store(opened.path) as other:
        other.offered[KEY] = evolve(HOUSE, title="Other")
        rate(other, HOUSE, "s-stay")
    opened.offered[KEY] = HOUSE
    with pytest.raises(ConflictError, match="stored house 1 with other content"):
        rate(opened, HOUSE)


def test_a_map_is_followed_over_the_undo_of_a_rating_that_brought_its_rubric(
    opened: store.Store,
) -> None:
    opened.offered[KEY] = HOUSE
    here, place = load_map_and_place(opened, "toll")
    rate(opened, HOUSE)
    with_rating, after = load_map_and_place(opened, "toll")
    store.undo(opened)
    followed = load_update(opened, after, with_rating)
    assert followed is not None
    for operation in followed.operations:
        with_rating = with_rating.apply(operation)
    assert with_rating.ratings == here.ratings
    assert load_update(opened, place, here) is not None


def test_what_is_no_file_in_the_folder_is_left_out_and_not_read(
    opened: store.Store, folder: Path
) -> None:
    (folder / "house.toml").write_text(SOUND, "utf-8")
    os.mkfifo(folder / "pipe.toml")
    (folder / "zero.toml").symlink_to("/dev/zero")
    os.link(opened.path, folder / "database.toml")
    (folder / "large.toml").write_bytes(b"#" * (LARGEST_SETTING + 1))
    assert offer_rubrics(opened, folder) == [
        f"{folder / 'database.toml'}: is the database in use; give another file",
        f"{folder / 'large.toml'}: is larger than 4 MiB; give a smaller file",
        f"{folder / 'pipe.toml'}: is a pipe; give a file",
        f"{folder / 'zero.toml'}: is a device; give a file",
    ]
    assert KEY in rubrics(opened)


def test_a_link_to_a_rubric_is_a_rubric(opened: store.Store, folder: Path) -> None:
    (folder / "house.toml").write_text(SOUND, "utf-8")
    (folder.parent / "link").symlink_to(folder / "house.toml")
    assert offer_rubric_file(opened, folder.parent / "link") == HOUSE
