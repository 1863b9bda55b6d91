"""The workbench by its keys: each edit is in the map, on the screen and on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, driving

from argmap.edit.verbs import add_source, add_statement, change_statement
from argmap.model.source import Source
from store import apply, history, load_map, open_store
from store.log import merge_sources
from tui.shell.app import ArgmapApp
from tui.shell.state import read_state

if TYPE_CHECKING:
    from pathlib import Path

    from rich.style import Style

    from tui.workbench.screen import WorkbenchScreen


def stored_labels(path: Path) -> set[str]:
    with open_store(path) as store:
        document = store.db.execute("SELECT id FROM document").fetchone()[0]
        return {s.label for s in load_map(store, document).statements.values()}


async def test_a_sentence_becomes_a_claim_and_the_next_one_evidence_for_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "j", "r")
        assert driver.labelled("C1").text == "The toll pays for itself."
        assert (
            driver.labelled("E1").passages[0].words == "Reports say that traffic fell by a fifth."
        )
        stances = {
            driver.map.statements[step.premises[0]].label: step.stance
            for step in driver.map.inferences_to[driver.labelled("C1").id]
        }
        assert stances == {"E1": "supports", "E2": "opposes"}
        assert any("⊖ E2 Drivers adapt." in line for line in driver.lines)
    assert stored_labels(path) == {"C1", "E1", "E2"}


async def test_the_first_mark_says_how_to_undo_it_and_the_second_does_not(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c")
        assert driver.said == ["marked claim C1 · u undoes it"]
        driver.app.clear_notifications()
        await driver.press("j", "c")
        assert driver.said == []


async def test_undo_and_redo_are_named_and_outlive_the_program(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c", "j", "c")
    async with driving(path, TEXT) as driver:
        await driver.press("u")
        assert "undone: marked claim C2 · U redoes it" in driver.lines[0]
        assert [s.label for s in driver.map.ordered_statements] == ["C1"]
        await driver.press("U")
        assert "redone: marked claim C2" in driver.lines[0]
    assert stored_labels(path) == {"C1", "C2"}


async def test_what_was_undone_is_said_in_the_line_at_the_top_for_a_while(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.widgets.bars.MESSAGE_SECONDS", 0.2)
    async with driving(path, TEXT, size=(40, 24)) as driver:
        await driver.press("c", "u")
        assert driver.lines[0].startswith(" argmap")
        assert driver.said == []
        await driver.until(lambda: driver.lines[0].rstrip().endswith("saved"))


async def test_words_can_be_marked_instead_of_sentences(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "l", "l", "shift+right", "c")
        assert driver.labelled("C1").text == "toll pays"


async def test_a_range_of_sentences_is_one_passage(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "J", "c")
        words = "The toll pays for itself. Reports say that traffic fell by a fifth."
        assert driver.labelled("C1").passages[0].words == words


async def test_marking_the_same_words_again_links_what_is_there(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c", "g", "j", "j", "e")
        assert len(driver.map.statements) == 3
        assert "E1 supports C2 · u undoes" in driver.lines[0]
        await driver.press("e")
        assert driver.said == ["E1 is already marked on these words"]


async def test_who_says_so_takes_a_new_name_and_then_completes_it(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "w")
        await driver.type("Roads Institute")
        await driver.press("enter", "enter", "enter")
        said = driver.map.attributions_of[driver.labelled("E1").id][0]
        source = driver.map.sources[said.chain[0]]
        assert (source.name, source.kind) == ("Roads Institute", "organisation")
        assert (said.class_, said.cue) == ("named_organisation", "say that")
        await driver.press("j", "e", "w")
        await driver.type("roads")
        await driver.press("enter", "enter", "enter")
        again = driver.map.attributions_of[driver.labelled("E2").id][0]
        assert again.chain == said.chain


async def test_removing_asks_nothing_and_undo_restores_everything(path: Path) -> None:
    async with driving(path) as driver:
        before = driver.map
        await driver.press("2", "g", "d")
        assert "C1" not in driver.map.by_label
        await driver.press("u")
        assert driver.map.statements == before.statements
        assert driver.map.inferences == before.inferences


async def test_the_selection_is_one_in_all_panes(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "j", "j", "j")
        selected = driver.bench.work.selected
        assert selected is not None
        assert driver.bench.outline.node is not None
        assert driver.bench.outline.node.statement == selected
        assert driver.bench.details.statement == selected
        passage = driver.map.statements[selected].passages[0]
        assert driver.bench.text.selected[0] == (passage.start, passage.end)


async def test_the_text_pane_has_the_focus_at_first(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        assert driver.app.focused is driver.bench.text
        await driver.press("down")
        assert driver.bench.text.cursor.range == driver.bench.text.paragraphs.sentences[1]


@pytest.mark.parametrize(
    ("width", "panes"), [(200, 3), (120, 3), (119, 2), (80, 2), (79, 1), (40, 1)]
)
async def test_as_many_panes_are_shown_as_there_is_room_for(
    path: Path, width: int, panes: int
) -> None:
    async with driving(path, size=(width, 24)) as driver:
        bench = driver.bench
        shown = [p for p in (bench.text, bench.outline, bench.details) if p.display]
        assert len(shown) == panes
        for key, pane in (("2", bench.outline), ("3", bench.details), ("1", bench.text)):
            await driver.press(key)
            assert pane.display
            assert (
                sum(p.size.width > 0 for p in (bench.text, bench.outline, bench.details)) == panes
            )


async def test_a_screen_that_is_too_small_says_so_and_comes_back(path: Path) -> None:
    async with driving(path, size=(40, 12)) as driver:
        assert "text" in driver.seen
        await driver.pilot.resize_terminal(39, 11)
        await driver.settle()
        assert "argmap needs 40 columns and 12 rows" in driver.seen
        await driver.pilot.resize_terminal(120, 40)
        await driver.settle()
        assert "argmap needs" not in driver.seen


async def test_details_are_edited_in_place(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.press("ctrl+u")
        await driver.type("The toll earns its keep.")
        await driver.press("enter")
        assert driver.labelled("C1").text == "The toll earns its keep."
        await driver.press("u")
        assert driver.labelled("C1").text == "The toll pays for itself."


async def test_an_edit_that_is_left_changes_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type("more")
        await driver.press("escape")
        assert driver.labelled("C1").text == "The toll pays for itself."
        assert driver.app.focused is driver.bench.details.list


async def test_links_are_made_turned_moved_and_taken_away(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "G", "c")
        await driver.press("s")
        await driver.type("C1")
        await driver.press("enter")
        step = driver.map.inferences_to[driver.labelled("C1").id][0]
        assert step.premises == (driver.labelled("C2").id,)
        await driver.press("v")
        assert driver.map.inferences[step.id].stance == "opposes"
        await driver.press("x")
        assert not driver.map.inferences


async def test_premises_are_joined_and_parted(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "j", "e", "b", "enter")
        joined = driver.map.inferences_to[driver.labelled("C1").id]
        assert [len(step.premises) for step in joined] == [2]
        await driver.press("B")
        parted = driver.map.inferences_to[driver.labelled("C1").id]
        assert [len(step.premises) for step in parted] == [1, 1]


async def test_an_undercut_is_listed_under_the_inference_that_it_attacks(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "e", "G", "c", "exclamation_mark", "enter")
        assert any("⊘ C2 on E1→C1" in line for line in driver.lines)


async def test_a_search_counts_and_goes_round(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("slash")
        await driver.type("the")
        assert "1 of 5" in driver.seen
        await driver.press("enter", "n", "n")
        assert "3 of 5" in driver.seen
        await driver.press("N", "N", "N")
        assert "5 of 5" in driver.seen


async def test_folds_cursor_and_order_come_back(path: Path) -> None:
    state_path = path.with_name("state.json")
    async with driving(path) as driver:
        driver.app.state = read_state(state_path)
        driver.app.state.document = driver.map.document.id
        await driver.press("2", "g", "j", "space", "J", "1", "G")
        shown = [node.key for node in driver.bench.outline.forest.visible]
        cursor = driver.bench.text.cursor.range
        driver.app._keep_views()  # noqa: SLF001  (as leaving does)
    app = ArgmapApp(path, state=read_state(state_path))
    async with driving(path, app=app) as driver:
        assert [node.key for node in driver.bench.outline.forest.visible] == shown
        assert driver.bench.text.cursor.range == cursor


async def test_another_process_shows_up_and_the_cursor_stays(path: Path) -> None:
    async with driving(path) as driver:
        await driver.press("2", "j", "j", "j", "j")
        here = driver.bench.outline.node
        assert here is not None
        with open_store(path) as store:
            operation = add_statement(driver.map, "other", "claim", "Somebody else wrote this.")
            apply(store, operation, "2026-03-02T10:15:00Z")
        await driver.until(lambda: "40 statements ─" in driver.seen)
        assert driver.bench.outline.node is not None
        assert driver.bench.outline.node.key == here.key


async def test_sources_that_another_process_merges_are_one_on_the_screen(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "w")
        await driver.type("Reports")
        await driver.press("enter", "enter", "enter")
        [reports] = driver.map.sources
        with open_store(path) as store:
            one = Source("amy", "Amy Hale", "person")
            apply(store, add_source(driver.map, one), "2026-03-02T10:15:00Z")
            merge_sources(store, reports, "amy", "2026-03-02T10:15:00Z")
        await driver.until(lambda: list(driver.map.sources) == ["amy"])
        await driver.settle()
        assert "Amy Hale" in driver.seen
        await driver.press("u")
        assert "undone: merged source Reports into Amy Hale" in driver.lines[0]
        assert [driver.map.sources[a.chain[0]].name for a in driver.map.attributions.values()] == [
            "Reports"
        ]


async def test_an_edit_of_what_changed_underneath_is_refused_and_its_words_are_kept(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And more.")
        driver.bench.session._version = -1  # noqa: SLF001  (no look comes in between)
        with open_store(path) as store:
            own = driver.labelled("C1")
            apply(store, change_statement(driver.map, own.id, text="Another."), "2026-03-02")
        await driver.press("enter")
        await driver.settle()
        assert driver.labelled("C1").text == "Another."
        assert "was changed meanwhile" in driver.said[0]
        editor = driver.bench.details.editor
        assert editor is not None
        assert editor.display
        assert editor.text == "The toll pays for itself. And more."


async def test_the_history_goes_back_to_any_operation(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "j", "c")
        bench = driver.bench
        await driver.press("Y", "j", "j", "enter")
        await driver.settle()
        assert [s.label for s in bench.map.ordered_statements] == ["C1"]
        await driver.press("k", "k", "enter")
        await driver.settle()
        assert [s.label for s in bench.map.ordered_statements] == ["C1", "C2", "C3"]
    with open_store(path) as store:
        assert all(logged.state == "done" for logged in history(store))


async def test_what_is_drawn_again_in_part_is_what_would_be_drawn_whole(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        bench = driver.bench
        keys = ["j", "c", "j", "e", "j", "r", "K", "J", "2", "k", "v", "x", "1", "G", "a", "u", "u",
                "U", "k", "k", "d", "slash"]  # fmt: skip
        for key in keys:
            await driver.press(key)
            seen = cells(bench)
            bench.text.refresh()
            await driver.settle()
            assert cells(bench) == seen, key


def cells(bench: WorkbenchScreen) -> list[list[tuple[str, Style | None]]]:
    """Return the characters of the text pane with their styles."""
    place = bench.text.region
    strips = bench._compositor.render_strips()[place.y : place.bottom]  # noqa: SLF001  (no other way to see it)
    rows = [[(character, s.style) for s in strip for character in s.text] for strip in strips]
    return [row[place.x : place.right] for row in rows]
