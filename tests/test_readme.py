"""The README: short, and true to the output of the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = README.split("```markdown\n")[1].split("```")[0]
PIECES = [piece.strip("\n") for piece in EXAMPLE.split("…\n")]
DOCUMENTS = [ROOT / "README.md", *(ROOT / ".github").glob("*.md")]


def links(document: Path) -> Iterator[str]:
    """Yield each link of *document* to a file of the project."""
    yield from re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8"))


def test_the_readme_is_a_front_door_and_not_a_manual() -> None:
    assert len(README.encode()) < 7_000


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_the_example_is_what_the_program_exports(tmp_path: Path, piece: str) -> None:
    exported = Terminal(tmp_path).run("demo").out
    assert f"\n{piece}\n" in exported


def test_the_example_is_an_excerpt_in_order(tmp_path: Path) -> None:
    exported = Terminal(tmp_path).run("demo").out
    places = [exported.index(piece) for piece in PIECES]
    assert places == sorted(places)


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_every_link_leads_to_a_file(document: Path) -> None:
    assert [link for link in links(document) if not (document.parent / link).is_file()] == []


def test_the_readme_has_a_picture_near_its_top() -> None:
    assert "](.github/pictures/" in README[:500]


def test_the_workflow_runs_what_everyone_runs() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert "- run: .ci/run\n" in workflow
