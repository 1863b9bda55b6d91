"""Imports of screens; the contracts in `pyproject.toml` cover all other imports."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import tui

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(tui.__file__).parent


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield the path within `tui` of each module that is not a screen, and its tree."""
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if place.stem != "screen" and place.parts[0] != "shell":
            yield str(place), ast.parse(path.read_text(encoding="utf-8"))


def test_no_function_outside_the_screens_takes_a_screen() -> None:
    for name, tree in modules():
        functions = [
            n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        for function in functions:
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            taken = {ast.unparse(a.annotation) for a in arguments if a.annotation is not None}
            named = {part for words in taken for part in re.findall(r"\w+", words)}
            own = {part for part in named if part.endswith("Screen") and part != "ModalScreen"}
            assert not own, f"{function.name} in {name} takes {own}"


def test_only_the_shell_imports_a_screen() -> None:
    """An import for types alone counts too: a place or a protocol can name a screen."""
    for name, tree in modules():
        found = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module != "textual.screen"
            for alias in node.names
            if (node.module or "").rpartition(".")[2] == "screen" or alias.name == "screen"
        }
        assert not found, f"{name} imports {found}"
