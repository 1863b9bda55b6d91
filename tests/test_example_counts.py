"""The number of examples of a property is set in one place, for each profile."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
COUNTED = {TESTS / "conftest.py", TESTS / "support" / "examples.py", Path(__file__).resolve()}


def test_no_test_says_how_many_examples_it_gets() -> None:
    # Programs in `benchmarks` are told the number by whoever runs them.
    files = [
        file
        for file in TESTS.rglob("*.py")
        if file not in COUNTED and file.parent.name != "benchmarks"
    ]
    assert files
    counting = [
        str(file.relative_to(TESTS))
        for file in files
        if re.search(r"max_examples\s*=|deadline\s*=\s*None", file.read_text(encoding="utf-8"))
    ]
    assert counting == [], "use the profile's number, or FEW or MANY of support/examples.py"
