"""The store is used through its public names: those of `store` and of each room."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(store.__file__).parents[1]
ROOMS = sorted(path.parent.name for path in Path(store.__file__).parent.glob("*/__init__.pyi"))
USERS = sorted(p for top in ("argmap", "tui") for p in (ROOT / top).rglob("*.py"))


def stores_names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the module and the name of each import from the store in the file at *path*."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module.partition(".")[0] == "store":
                yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from ((name, "") for name in names if name.startswith("store."))


def imports() -> list[tuple[str, str, str]]:
    """Return the imports from the store outside of it: file, module, name."""
    return [(str(p.relative_to(ROOT)), *found) for p in USERS for found in stores_names(p)]


def test_the_command_line_and_the_workbench_import_no_deeper_than_a_room() -> None:
    assert not [found for found in imports() if found[1].count(".") > 1 or not found[2]]


def test_what_scripts_are_offered_is_imported_from_the_store_itself() -> None:
    rooms = {f"store.{room}" for room in ROOMS}
    assert not [found for found in imports() if found[1] in rooms and found[2] in dir(store)]


def test_each_room_offers_what_is_imported_from_it_and_nothing_else() -> None:
    taken = {(module, name) for _, module, name in imports()}
    for room in ROOMS:
        offered = importlib.import_module(f"store.{room}").__all__
        unused = {n for n in offered if n not in dir(store) and (f"store.{room}", n) not in taken}
        assert not unused, room


def test_no_name_is_offered_by_two_rooms() -> None:
    names = [n for room in ROOMS for n in importlib.import_module(f"store.{room}").__all__]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_that_a_room_offers_is_there(room: str) -> None:
    module = importlib.import_module(f"store.{room}")
    assert dir(module) == module.__all__ == sorted(module.__all__)
    for name in module.__all__:
        home = getattr(module, name).__module__
        assert home.startswith((f"store.{room}.", "argmap.")), name


def test_opening_a_database_loads_nothing_that_imports() -> None:
    program = (
        "import sys, store; store.open_memory().close();"
        " print([m for m in sys.modules if m.startswith(('store.ingest', 'store.merge'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
