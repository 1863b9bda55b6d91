"""Tests of who knows whom in `tui`, as the sources say it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import tui

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(tui.__file__).parent
SHELL = {
    "app", "config", "config_keys", "finding_actions", "jump_mode", "key_list", "legend", "menus",
    "registry", "screens_by_place", "state", "stray_keys", "terminal_signals", "themes", "tour",
}  # fmt: skip
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
    users = {name for name, tree in sources() if "tui.shell.keys.registry" in imported(tree)}
    assert users <= SHELL
    assert "app" in users


def test_nothing_else_knows_what_is_above_all_screens() -> None:
    """An import inside a function, or for types alone, counts too."""
    above = {f"tui.{name}" for name in SHELL}
    for name, tree in sources():
        if name not in SHELL:
            assert not imported(tree) & above, name


def test_no_function_outside_the_screens_takes_a_screen() -> None:
    for name, tree in sources():
        if name.startswith("screens.") or name in SHELL:
            continue
        functions = [
            n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        for function in functions:
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            taken = {ast.unparse(a.annotation) for a in arguments if a.annotation is not None}
            named = {part for words in taken for part in re.findall(r"\w+", words)}
            own = {part for part in named if part.endswith("Screen") and part != "ModalScreen"}
            assert not own, f"{name}.{function.name} takes {own}"


def test_only_the_app_imports_a_screen() -> None:
    """An import for types alone counts too: a screen is named by a place or by a protocol."""
    for name, tree in sources():
        found = {each for each in imported(tree) if each.startswith("tui.screens.")}
        if not name.startswith("screens.") and name not in SHELL:
            assert not found, f"{name} imports {found}"
