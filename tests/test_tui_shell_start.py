"""What the workbench has loaded when it draws its first frame."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet

import store
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.shell.state import State
from tui.shell.themes import THEMES
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.dom import DOMNode

FOR_FOCUS = 1
"""How often Textual styles a pane again when it gains the focus."""

LATER = (
    "sqlite_utils dateutil pluggy rapidfuzz yaml tomllib markdown_it.main html.entities"
    " importlib.metadata argmap.op_eds argmap.formats argmap.quotes argmap.rubrics"
    " argmap.host.outputs argmap.records.encode argmap.records.ids argmap.text.composition"
    " argmap.text.decoding store.database.backup store.rows.writing"
    " tui.lists.followed_list_line tui.workbench.map.what_if_line tui.library.actions"
    " tui.rating.sheet.actions tui.rating.heat.actions tui.sources.actions tui.export.actions"
    " tui.history.actions tui.lists.actions"
    " argmap.records.decode argmap.edit.rebase argmap.edit.merge_sources argmap.analysis.admiralty"
    " argmap.analysis.sensitivity argmap.text.name_similarity store.log.operations"
    " store.log.reversal store.ingest tui.views.cues tui.views.speakers"
    " tui.dialogs.ask_attribution tui.dialogs.pick tui.rating.round tui.library.screen"
    " tui.sources.screen tui.rating.sheet.screen tui.rating.heat.screen tui.lists.screen"
    " tui.history.screen tui.export.screen tui.shell.tour"
)
"""Modules that the first frame of a map without ratings can do without."""

PROGRAM = """
import asyncio, sys
from pathlib import Path
from tui.shell.app import ArgmapApp
from tui.workbench.screen import WorkbenchScreen

class App(ArgmapApp):
    def _after_first_frame(self):
        print(type(self.screen).__name__, [m for m in sys.argv[3].split() if m in sys.modules])
        super()._after_first_frame()

async def main():
    app = App(Path(sys.argv[1]), document=sys.argv[2])
    async with app.run_test(size=(120, 40)) as pilot:
        while not isinstance(app.screen, WorkbenchScreen):
            await pilot.pause()
        await pilot.pause()

asyncio.run(main())
"""


@pytest.fixture
def document(tmp_path: Path) -> str:
    with store.open_store(tmp_path / "op-eds.db") as opened:
        return store.add_text(opened, "The toll pays for itself. Reports say traffic fell.")


def test_the_first_frame_loads_nothing_that_only_later_work_needs(
    tmp_path: Path, document: str
) -> None:
    words = [sys.executable, "-c", PROGRAM, str(tmp_path / "op-eds.db"), document, LATER]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("WorkbenchScreen []", "")


def test_the_modules_that_are_loaded_later_exist() -> None:
    check = "import sys, importlib.util\nfor m in sys.argv[1].split(): assert importlib.util.find_spec(m), m"
    subprocess.run([sys.executable, "-c", check, LATER], check=True)


@pytest.mark.parametrize("theme", ["argmap-light", "argmap-dark"])
async def test_the_start_reads_each_style_once_and_writes_no_state(
    tmp_path: Path, document: str, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []
    monkeypatch.setattr(Stylesheet, "reparse", lambda _: again.append("styles"))
    monkeypatch.setattr(State, "save", lambda _: again.append("state"))
    app = ArgmapApp(
        tmp_path / "op-eds.db", config=Config(theme=theme, folder=tmp_path), document=document
    )
    async with app.run_test(size=(120, 40)) as pilot:
        while not isinstance(app.screen, WorkbenchScreen):
            await pilot.pause()
        shown = app.theme, app.screen.styles.background.hex.lower()
        assert again == []
    wanted = next(each for each in THEMES if each.name == theme)
    assert shown == (theme, Color.parse(wanted.background or "").hex.lower())
    assert again == []


async def test_the_start_styles_each_part_of_the_workbench_once_and_a_pane_again_for_its_focus(
    tmp_path: Path, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: Counter[str] = Counter()

    class Styles(Stylesheet):
        def apply(self, node: DOMNode, **how: Any) -> None:  # noqa: ANN401  (as Textual has them)
            styled[type(node).__name__] += 1
            super().apply(node, **how)

    monkeypatch.setattr("textual.app.Stylesheet", Styles)
    app = ArgmapApp(tmp_path / "op-eds.db", document=document)
    async with app.run_test(size=(120, 40)) as pilot:
        while not isinstance(app.screen, WorkbenchScreen):
            await pilot.pause()
        await pilot.pause()
        assert styled["HeadingLine"] == styled["MapOutline"] == styled["StatementFields"] == 1
        assert styled["ReadingPane"] == FOR_FOCUS + 1
        assert styled["Ground"] == styled["WorkbenchScreen"] == 1
