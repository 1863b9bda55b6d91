"""Tests of who knows whom in `tui`, as the sources say it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import tui

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(tui.__file__).parent
SHELL = {"app", "config", "key_list", "menus", "registry", "stray_keys"}
"""What is above all screens."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield the dotted name of each module within `tui`, and its tree."""
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Return the dotted names that are imported anywhere below *tree*."""
    found = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_only_what_is_above_all_screens_knows_the_registry() -> None:
    users = {name for name, tree in sources() if "tui.registry" in imported(tree)}
    assert users == SHELL - {"registry"}
