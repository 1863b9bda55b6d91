"""The shipped package: the wheel's top level, its data files, the one version."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    [built] = folder.glob("*.whl")
    return zipfile.Path(built)


def test_the_wheel_holds_the_three_packages_and_nothing_else(wheel: zipfile.Path) -> None:
    names = {entry.name for entry in wheel.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"argmap", "store", "tui"}


@pytest.mark.parametrize(
    "name",
    [
        "store/database/schema_1.sql",
        "store/database/schema_2.sql",
        "argmap/demo.jsonl",
        "argmap/LICENSE",
        "argmap/rubrics/evidence-attribution-1.0.toml",
        "argmap/rubrics/evidence-attribution.toml",
        "argmap/rubrics/quick-look.toml",
        "argmap/py.typed",
        "store/py.typed",
        "tui/py.typed",
    ],
)
def test_the_wheel_holds_the_data_that_code_and_checkers_read(
    wheel: zipfile.Path, name: str
) -> None:
    assert wheel.joinpath(name).is_file()


def test_every_help_page_is_in_the_wheel(wheel: zipfile.Path) -> None:
    shipped = {page.name for page in wheel.joinpath("argmap/help").iterdir()}
    assert {page.name for page in (ROOT / "argmap" / "help").glob("*.md")} <= shipped


def test_the_wheel_names_its_licence(wheel: zipfile.Path) -> None:
    [info] = [entry for entry in wheel.iterdir() if entry.name.endswith(".dist-info")]
    metadata = info.joinpath("METADATA").read_text("utf-8")
    assert "License-Expression: MIT\n" in metadata
    assert "License-File: argmap/LICENSE\n" in metadata
    assert "Copyright 2026 the argmap authors" in (ROOT / "argmap" / "LICENSE").read_text("utf-8")


def test_the_top_level_of_the_project_is_fixed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    top = {
        path.name
        for path in ROOT.iterdir()
        if not any(fnmatch(path.name, pattern.rstrip("/")) for pattern in ignored)
    }
    allowed = {"pyproject.toml", "README.md", "argmap", "tui", "store", "tests"}
    assert {name for name in top if not name.startswith(".")} <= allowed
