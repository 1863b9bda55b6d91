"""The drawing: valid in the real Mermaid, safe with hostile text, and of limited size."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from argmap.exports.markdown.mermaid import MOST_CHARACTERS, MOST_EDGES, draw_map
from argmap.model.document import Document
from argmap.model.map import ArgumentMap
from argmap.model.statement import Inference, Statement

HERE = Path(__file__).parent
PACKAGES = Path(os.environ.get("ARGMAP_MERMAID", HERE.parent / ".ci" / "node_modules"))
HOSTILE = [
    'quote " quote', "#quot; #35; #x;", "end", "a --> b", "`code`", '"`markdown`"', "<b>x</b>",
    "&lt;script&gt;", "a; b", "%% comment", "%%{init: {}}%%", "]]", "((", "{{", "|x|", "1. one",
    "- item", "subgraph x", "click a", "\u202e\x1b[31m", "style a fill:#f00", "x@{ shape: rect }",
    "graph TD", "---\ntitle: x\n---", "a\\nb", "$$x^2$$", "~~~", "⟦", "classDef", "x\ny", "é 中文 👍",
]  # fmt: skip


def a_map(texts: list[str], steps: list[tuple[list[int], str, str]]) -> ArgumentMap:
    """Return a map of claims with *texts* and inferences: premises, stance, conclusion."""
    document = Document("d", "T", "Words.")
    statements = [
        Statement(f"s{n}", "d", "claim", text, f"C{n}", main=n == 0) for n, text in enumerate(texts)
    ]
    inferences = [
        Inference(f"i{n}", "d", tuple(sorted(f"s{p}" for p in premises)), target, stance, f"I{n}")  # type: ignore[arg-type]
        for n, (premises, stance, target) in enumerate(steps)
    ]
    return ArgumentMap(document, {s.id: s for s in statements}, {i.id: i for i in inferences})


def chain(length: int) -> ArgumentMap:
    steps = [([n + 1], "supports", f"s{n}") for n in range(length)]
    return a_map([f"Claim {n}" for n in range(length + 1)], steps)


def hostile_map() -> ArgumentMap:
    steps = [([n], "opposes" if n % 2 else "supports", "s0") for n in range(1, len(HOSTILE))]
    return a_map(HOSTILE, [*steps, ([1, 2], "supports", "s0"), ([3], "opposes", "i2")])


def test_real_mermaid_parses_every_drawing() -> None:
    if shutil.which("node") is None or not (PACKAGES / "mermaid").is_dir():
        pytest.skip("needs node and the npm packages mermaid and jsdom (see .ci/run)")
    maps = [
        hostile_map(),
        a_map([], []),
        a_map(["Alone."], []),
        chain(3),
        chain(1000),
        a_map(["a", "b"], [([0], "supports", "s1"), ([1], "supports", "s0")]),
        a_map(["a", "b", "c"], [([0], "opposes", "i1"), ([1], "opposes", "i0")]),
    ]
    broken = "flowchart RL\nx[\n"
    done = subprocess.run(
        ["node", HERE / "support" / "oracles" / "mermaid_parse.mjs", PACKAGES],
        input=json.dumps([*(draw_map(m)[0] for m in maps), broken]).encode(),
        capture_output=True,
        check=True,
    )
    *verdicts, last = json.loads(done.stdout)
    assert verdicts == [None] * len(maps)
    assert last is not None, "a draw_map that is broken must be found out"


def test_no_drawing_passes_the_bounds_and_what_is_left_out_is_counted() -> None:
    source, left_out = draw_map(chain(1000))
    assert left_out == 1000 - MOST_EDGES
    assert source.count("-->") == MOST_EDGES
    wordy = a_map(["x" * 59 + "\U0001f600"] * 900, [([n], "supports", "s0") for n in range(1, 900)])
    source, left_out = draw_map(wordy)
    assert len(source) <= MOST_CHARACTERS
    assert left_out > 0


def test_what_is_nearest_the_main_claim_is_drawn_first() -> None:
    source, _ = draw_map(chain(1000))
    assert "C1 " in source
    assert "C900 " not in source


def test_linked_premises_meet_in_a_node_and_an_undercut_points_at_it() -> None:
    steps = [([1, 2], "supports", "s0"), ([3], "opposes", "i0")]
    source, _ = draw_map(a_map(["main", "one", "two", "but"], steps))
    [junction] = [line.split("((")[0] for line in source.splitlines() if "((" in line]
    assert source.count(f"--- {junction}") == 2
    assert f'--x|"against"| {junction}' in source


def test_no_text_from_outside_can_act_in_a_drawing() -> None:
    source, _ = draw_map(hostile_map())
    for line in source.splitlines()[1:]:
        for label in line.split('"')[1::2]:
            assert not set(label) & set("<>`%{}[]|\\\x1b\u202e")
