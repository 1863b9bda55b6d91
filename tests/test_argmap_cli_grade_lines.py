"""The table of `grade` lists the rated claims first, then the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    """A document with three gradable claims and one that cannot be graded."""
    terminal = Terminal(tmp_path)
    natures = ("factual", "value", "factual", "causal")
    records = [
        {"type": "statement", "id": f"c{n}", "document": "toll", "kind": "claim",
         "nature": nature, "text": f"Claim {n}.", "main": n == 1}
        for n, nature in enumerate(natures, 1)
    ]  # fmt: skip
    document = {"type": "document", "id": "toll", "title": "The toll", "text": "Tolls pay."}
    assert terminal.run("import", terminal.records("toll.jsonl", document, *records)).code == 0
    return terminal


def rate(terminal: Terminal, claim: str, who: str) -> None:
    assert terminal.run("rate", "toll", claim, "directness=0", "--assessor", who).code == 0


def table(terminal: Terminal, *words: str) -> list[str]:
    """Return the first words of the table's lines, and the text below it."""
    lines = terminal.run("grade", "toll", *words).out.splitlines()[3:]
    rows = lines[: lines.index("")]
    return [" ".join(row.split()[:3]) for row in rows]


def test_claims_that_somebody_rated_come_first_and_only_who_rated_them_has_a_row(
    toll: Terminal,
) -> None:
    for claim, who in (("C4", "bob"), ("C3", "amy"), ("C4", "amy")):
        rate(toll, claim, who)
    assert table(toll) == [
        "C3 Claim 3.", "amy Unsupported, provisional",
        "C4 Claim 4.", "amy Unsupported, provisional", "bob Unsupported, provisional",
        "C1 Claim 1.", "no assessor Not",
        "C2 Claim 2.", "no assessor Not",
    ]  # fmt: skip
    assert "\n\n2 claims not rated yet\n\nC3 by amy: " in toll.run("grade", "toll").out


def test_of_one_assessor_the_claims_that_others_rated_are_among_the_others(toll: Terminal) -> None:
    rate(toll, "C4", "bob")
    rate(toll, "C3", "amy")
    assert table(toll, "--assessor", "bob")[:4] == [
        "C4 Claim 4.", "bob Unsupported, provisional", "C1 Claim 1.", "– Not assessed",
    ]  # fmt: skip
    shown = toll.run("grade", "toll", "--assessor", "bob").out
    assert "\n3 claims not rated yet by bob\n" in shown


def test_where_nobody_rated_anything_every_claim_says_so_and_none_is_counted(
    toll: Terminal,
) -> None:
    assert table(toll)[::2] == [f"C{n} Claim {n}." for n in range(1, 5)]
    assert {row.split(" Not")[0] for row in table(toll)[1::2]} == {"no assessor"}
    assert "not rated yet" not in toll.run("grade", "toll").out


def test_the_json_has_every_claim_and_assessor_in_the_order_of_the_map(toll: Terminal) -> None:
    rate(toll, "C4", "bob")
    rate(toll, "C3", "amy")
    rows = toll.run("grade", "toll", "--json").json
    assert [(row["statement"], row["assessor"]) for row in rows] == [
        (f"C{n}", who) for n in range(1, 5) for who in ("amy", "bob")
    ]


def test_the_markdown_of_claims_in_this_order_comes_back_to_the_same_bytes(toll: Terminal) -> None:
    # One whose id is made of what it says, and an order of one's own.
    own = {
        "type": "statement",
        "document": "toll",
        "kind": "claim",
        "text": "Again.",
        "label": "C8",
    }
    marks = [{"type": "statement", "id": f"c{n}", "order": 5 - n} for n in (1, 2, 3)]
    assert toll.run("import", toll.records("more.jsonl", own, *marks)).code == 0
    rate(toll, "C8", "amy")
    rate(toll, "C3", "amy")
    written = toll.run("export", "toll", "--to", "markdown").out
    assert [line[4:6] for line in written.splitlines() if line.startswith("### C")] == [
        "C3", "C8", "C1", "C2", "C4",
    ]  # fmt: skip
    assert toll.run("import", toll.write("toll.md", written), "--json").json["operation"] is None
    fresh = toll.folder / "fresh.db"
    assert toll.run("-d", fresh, "import", "toll.md").code == 0
    assert toll.run("-d", fresh, "export", "toll", "--to", "markdown").out == written
    assert (
        toll.run("-d", fresh, "export", "toll", "--to", "jsonl").out
        == toll.run("export", "toll", "--to", "jsonl").out
    )


def test_labels_of_a_grade_are_whole_where_the_titles_of_blocks_are_short(toll: Terminal) -> None:
    rubric = """
id = "letters"
version = "1"
title = "Letters"
bands = ["Poor", "Fair", "Good"]
cuts = [0, 60]
combination = { base = "form", limits = [] }
[[blocks]]
id = "form"
title = "Form"
[[blocks.criteria]]
id = "claim"
title = "A claim"
weight = 1
levels = ["None.", "One."]
"""
    path = toll.write("letters.toml", rubric)
    assert toll.run("rate", "toll", "C1", "claim=0", "--rubric", path).code == 0
    shown = toll.run("grade", "toll", "--rubric", path).out
    for label in ("Form", "Fragile", "Margin", "To raise it"):
        assert f"\n  {label}  " in shown
    assert "…" not in shown
