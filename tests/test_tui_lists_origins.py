"""Findings, origins and what-if mode on the screen: each list leads to the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.desk import CLAIM, DOCUMENT, Desk
from support.drivers.new_databases import with_example
from support.drivers.source_screens import looking
from support.drivers.workbench import AT, TEXT, Driver, driving

from argmap.errors import StoreError
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_finding_leads_to_what_it_is_about(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c", "F")
        await driver.until(lambda: "C2 has no support on the map" in driver.seen)
        await driver.press("slash")
        await driver.type("C2 support")
        await driver.press("enter")
        assert driver.bench.work.statement.label == "C2"


def import_copy(path: Path) -> None:
    """Import a document that quotes the same words as the worked example."""
    quote = "page 6 of the return gives the dates of the count"
    records = [
        {"type": "document", "id": "other", "title": "Another op-ed", "text": f"They say {quote}."},
        {"type": "statement", "id": "x", "document": "other", "kind": "evidence", "quote": quote},
    ]
    Desk(path).landed(*records)


async def test_a_copy_in_another_document_is_a_finding(path: Path) -> None:
    import_copy(path)
    async with driving(path) as driver:
        await driver.press("F")
        await driver.until(lambda: "C13 has no support" in driver.seen)
        await driver.press("slash")
        await driver.type("same wording")
        assert "E8 has much the same wording as E1 of “Another op-ed”" in driver.seen
        await driver.press("enter")
        assert driver.bench.work.statement.label == "E8"


async def test_findings_are_listed_where_the_database_cannot_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")

        def fail(*_: object) -> None:
            message = "the disk is gone"
            raise StoreError(message)

        monkeypatch.setattr("tui.lists.findings.find_copies_elsewhere", fail)
        await driver.press("F")
        await driver.until(lambda: "C1 has no support on the map" in driver.seen)
        assert "other documents are not compared: the disk is gone" in driver.said


async def test_a_long_finding_goes_on_in_the_next_line(path: Path) -> None:
    async with driving(path, size=(80, 30)) as driver:
        await driver.press("F")
        await driver.until(lambda: "C9 has 1 item" in driver.seen)
        row = driver.row_of("C9 has 1 item")
        said = " ".join(
            " ".join(driver.lines[row : row + 3]).translate(str.maketrans("│┃", "  ")).split()
        )
        assert "described anonymous), no identified origin → find out who said it" in said


async def test_a_map_without_findings_says_so(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("F")
        await driver.until(lambda: driver.said == ["no findings"])


async def test_the_origins_behind_a_claim_are_counted_and_lead_to_the_items(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        await driver.press("P")
        await driver.until(lambda: "C4: 4 items, 1 origin" in driver.seen)
        assert "they do not confirm each other" in driver.seen
        await driver.press("enter")
        assert driver.bench.work.statement.label == "E3"


async def test_every_item_that_is_counted_is_listed_with_its_origin_or_without_one(
    path: Path,
) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C12").id)
        await driver.press("P")
        await driver.until(lambda: "C12: 3 items, no identified origin" in driver.seen)
        assert "E17 ← Reports" in driver.seen
        assert "items without an origin" in driver.seen
        assert "E2: author assertion" in driver.seen
        assert "E18: evidential hedge" in driver.seen


async def test_the_details_of_a_claim_count_its_origins_in_the_same_words(path: Path) -> None:
    async with driving(path, size=(160, 50)) as driver:
        driver.bench.work.select(driver.labelled("C12").id)
        await driver.until(lambda: "3 items, no identified origin" in driver.seen)
        driver.bench.work.select(driver.labelled("E2").id)
        await driver.until(lambda: "3 items, no identified origin" not in driver.seen)


async def test_the_count_of_origins_is_the_first_line_however_long(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("P")
        said = " ".join(" ".join(driver.lines[1:5]).split())
        assert "C1: no items of its own; 3 origins and 2" in said


async def test_origins_behind_sub_claims_are_distinguished(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("C5").id)
        await driver.press("P")
        await driver.until(lambda: "C5: no items of its own; 1 origin behind" in driver.seen)
        row = driver.row_of("E3, E4, E5, E6 ←")
        assert any("behind its sub-claims" in line for line in driver.lines[row : row + 2])


async def test_what_would_fall_is_shown_in_the_map_and_nothing_is_changed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "2", "W")
        before = driver.map
        await driver.until(lambda: "without E1" in driver.seen)
        assert "1 link ╳ falls, ∅ no support left for C1" in driver.seen
        assert "nothing is saved · esc leaves" in driver.seen
        assert "⊗ E1 " in driver.seen
        assert "∅" in driver.lines[driver.row_of("● C1 ")]
        await driver.press("escape")
        assert driver.map is before
        assert "esc leaves" not in driver.seen
        assert "⊕ E1 " in driver.seen
        assert "∅" not in driver.seen


async def test_several_items_are_taken_away_and_put_back_one_by_one(path: Path) -> None:
    async with driving(path) as driver:
        for label, key in (("E3", "W"), ("E1", "W"), ("E3", "W")):
            driver.bench.work.select(driver.labelled(label).id)
            await driver.press(key)
        assert "without E1:" in driver.seen
        await driver.press("2")
        assert "⊕ E3 " in driver.seen
        assert "⊖" not in driver.lines[driver.row_of("E1  Thirty")]
        driver.bench.work.select(driver.labelled("E1").id)
        await driver.press("W")
        assert "esc leaves" not in driver.seen


async def test_a_source_is_taken_away_by_the_field_that_names_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "w")
        await driver.type("Roads Institute")
        await driver.press("enter", "enter", "enter", "3")
        fields = [field.about[0] for field in driver.bench.details.list.fields]
        await driver.press(*["down"] * fields.index("who"))
        await driver.press("W")
        assert "without Roads Institute: 1 item † and 1 link ╳ fall" in driver.seen
        assert "† E1 " in driver.seen
        await driver.press("escape")
        assert "esc leaves" not in driver.seen


@pytest.mark.parametrize("width", [72, 80])
async def test_a_source_with_a_long_name_does_not_hide_how_much_falls(
    path: Path, width: int
) -> None:
    async with driving(path, TEXT, size=(width, 24)) as driver:
        await driver.press("j", "c", "j", "e", "w")
        await driver.type("Monitoring and assessment report of the Roads Institute")
        await driver.press("enter", "enter", "enter", "Q", "enter")
        [line] = [line for line in driver.lines if "without" in line]
        assert "1 item † and 1 link ╳ fall" in line
        assert "esc leaves" in line
        assert "thing" not in line


async def test_a_source_is_chosen_among_all(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("Q")
        await driver.type("traffic return 31")
        await driver.press("enter", "2")
        assert "without Traffic Return 31" in driver.seen
        for label in ("E3", "E4", "E5", "E6"):
            assert f"† {label} " in driver.seen
        assert "∅" in driver.lines[driver.row_of(" C4 ")]


async def test_where_no_source_is_there_is_none_to_take_away(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("Q")
        assert driver.said == ["the map has no sources yet; attribute a statement first"]


async def test_an_assumption_that_is_taken_away_takes_its_step_along(path: Path) -> None:
    async with driving(path) as driver:
        driver.bench.work.select(driver.labelled("A1").id)
        await driver.press("2", "W")
        assert "⊗ A1 " in driver.seen
        assert "╳ E14 " in driver.seen


async def test_an_edit_ends_what_if_mode(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "W")
        assert "esc leaves" in driver.seen
        await driver.press("j", "e")
        assert "esc leaves" not in driver.seen
        assert "⊗" not in driver.seen
        assert "D" not in driver.said


async def test_falls_are_listed_in_what_if_mode(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "D")
        assert driver.said == ["what-if mode is off; W starts it"]
        await driver.press("W", "D")
        await driver.until(lambda: "without E1" in driver.seen)
        assert "the link from E1 to C1 falls" in driver.seen
        assert "  nothing left" in driver.seen
        await driver.press("escape")
        assert set(driver.map.by_label) == {"C1", "E1", "I1"}


async def test_nothing_falls_with_what_nothing_rests_on(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "W")
        assert "without C1: nothing else falls" in driver.seen
        await driver.press("D")
        assert driver.said == ["without C1 nothing else falls"]


async def test_the_whole_origin_of_what_is_removed_is_offered(desk: Desk) -> None:
    names = {"post": "The Post", "echo": "The [b]Echo", "wire": "The Wire"}
    sources = [
        {"type": "source", "id": id_, "name": name, "kind": "outlet"}
        | ({} if id_ == "wire" else {"same_origin": ["wire"]})
        for id_, name in names.items()
    ]
    said = [
        {"type": "statement", "id": f"e-{id_}", "document": "toll", "kind": "evidence",
         "text": f"{id_} says so.", "supports": "c1",
         "attribution": {"class": "named_organisation", "source": id_}}
        for id_ in names
    ]  # fmt: skip
    desk.landed(DOCUMENT, CLAIM, *sources, *said)
    async with driving(desk.path, app=looking(desk.path)) as driver:
        await driver.press("Q")
        await driver.type("post")
        await driver.press("enter")
        assert driver.said[-1] == (
            "The [b]Echo, The Wire share an origin with the removed items;"
            " D can remove the whole origin"
        )
        await driver.press("D")
        await driver.until(lambda: "remove the whole origin: The [b]Echo, The Wire" in driver.seen)
        await driver.press("enter")
        assert driver.bench.work.what_if_mode.removed.keys() == names.keys()
        assert len(driver.said) == 1
        await driver.press("D")
        await driver.until(lambda: "  nothing left" in driver.seen)
        assert "the whole origin" not in driver.seen


async def test_boxes_show_what_if_mode_too(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "2", "m", "W")
        assert "⊗ E1 " in driver.seen
        await driver.press("left")
        assert "0→0 origins ∅" in driver.lines[driver.row_of("● C1 ")]
        await driver.press("escape", "right")
        assert "⊕ E1 " in driver.seen
        assert "∅" not in driver.seen


async def test_the_line_is_never_too_long_to_say_how_to_leave(path: Path) -> None:
    async with driving(path, size=(60, 24)) as driver:
        for label in ("E3", "E4", "E8", "E10", "E1"):
            driver.bench.work.select(driver.labelled(label).id)
            await driver.press("W")
        line = driver.lines[driver.row_of("esc leaves")]
        assert line.rstrip().endswith("esc leaves")
        assert "without E3, E4, E…:" in line


async def test_a_level_of_corroboration_is_suggested_and_never_stored(path: Path) -> None:
    async with driving(path, size=(80, 24)) as driver:
        driver.bench.work.select(driver.labelled("C4").id)
        before = len(driver.map.ratings)
        bench = driver.bench
        await driver.press("R", "j", "j")
        await driver.until(lambda: "suggested 1: 4 items, 1 origin" in driver.seen)
        assert len(bench.map.ratings) == before


async def test_nothing_that_is_said_covers_the_line_of_what_if_mode(path: Path) -> None:
    app = ArgmapApp(path, document=with_example(path, AT))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.press("2", "j", "j", "W", "C")
        (toast,) = app.screen.query("Toast")
        assert toast.region.height
        assert toast.region.bottom <= driver.row_of("esc leaves")
    app.database.close()
