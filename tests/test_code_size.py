"""Each file and each function is short enough to be read in one sitting."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50


@pytest.mark.parametrize("package", ["argmap", "store", "tui", "tests"])
def test_no_file_is_long_and_no_function_is(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    long = []
    for file in files:
        source = file.read_text(encoding="utf-8")
        if source.count("\n") > MOST_LINES_OF_A_FILE:
            long.append(str(file.relative_to(ROOT)))
        long += [
            f"{file.relative_to(ROOT)}: {node.name}"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
        ]
    assert long == []
