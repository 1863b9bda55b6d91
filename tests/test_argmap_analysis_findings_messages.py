"""Every finding in full: which rule says what, how serious it is, and what to do.

`python tests/test_argmap_analysis_findings_messages.py` writes the golden file again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve
from support.strategies.maps import inference, statement, with_all

from argmap.analysis.findings import RULES, findings
from argmap.analysis.findings.copying import CopyElsewhere, OtherDocuments
from argmap.model.document import passage_at
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import AttributionClass

GOLDEN = Path(__file__).parent / "golden" / "findings.txt"
TEXT = "The toll pays. Traffic fell by a fifth. It is likely, with high confidence."

SOURCES = (
    Source("press", "Release, 5 May 2021", "document", interest="the toll's owner"),
    Source("post", "The Post, 2020", "outlet", derives_from=("press",)),
    Source("echo", "The Echo", "outlet", derives_from=("press",)),
    Source("ring", "The Ring", "outlet", derives_from=("gong",)),
    Source("gong", "The Gong", "outlet", derives_from=("ring",)),
    Source("some", "officials", "unnamed"),
    Source("amy", "Amy", "person"),
    Source("bob", "Bob, 2022", "person"),
    Source("count", "The count, 2021", "document", derives_from=("bob",)),
)

SAID: tuple[tuple[str, AttributionClass, str], ...] = (
    ("e1", "named_document", "post"),
    ("e2", "named_document", "echo"),
    ("e3", "unnamed_role", "some"),
    ("e4", "named_document", "ring"),
    ("e5", "named_person", "amy"),
    ("e6", "named_document", "count"),
    ("e9", "named_person", "amy"),
    ("e10", "named_document", "press"),
    ("e11", "named_document", "press"),
    ("e13", "named_document", "gong"),
)


FIRST, SECOND = passage_at(TEXT, 0, 14), passage_at(TEXT, 15, 39)
STATEMENTS = (
    statement("c1", "C1", text="The toll pays.", passages=(FIRST,), main_item="e5"),
    statement("c2", "C2", text="Traffic fell.", passages=(SECOND,), nature="causal"),
    statement("c3", "C3", text="It is fair.", nature="value"),
    statement("c4", "C4", text="It is likely, with high confidence."),
    statement("c5", "C5", text="It was counted."),
    statement("c6", "C6", text="Nobody says why."),
    statement("c7", "C7", text="It was foreseen."),
    statement("c8", "C8", text="The owner lost."),
    statement("e1", "E1", "evidence", text="The Post says so.", passages=(FIRST,)),
    statement("e2", "E2", "evidence", text="The Echo says so."),
    statement("e3", "E3", "evidence", text="Officials say so."),
    statement("e4", "E4", "evidence", text="The Ring has 3,871 cars."),
    statement("e5", "E5", "evidence", text="Amy has 3,871 cars."),
    statement("e6", "E6", "evidence", text="A count says so."),
    statement("e7", "E7", "evidence", text="It is known."),
    statement("e8", "E8", "evidence", text="It is bad.", passages=(FIRST,)),
    statement("e9", "E9", "evidence", text="A third is against it."),
    statement("e10", "E10", "evidence", text="The release names the owner."),
    statement("e11", "E11", "evidence", text="The release names the road."),
    statement("e12", "E12", "evidence", text="So it went."),
    statement("e13", "E13", "evidence", text="The Gong says so."),
    statement("a1", "A1", "assumption", text="Drivers pay."),
)
INFERENCES = (
    inference("i1", "I1", ["e1"], "c1"),
    inference("i2", "I2", ["e2"], "c1"),
    inference("i3", "I3", ["e3"], "c4"),
    inference("i4", "I4", ["e7", "e3"], "c5"),
    inference("i5", "I5", ["c2"], "c1"),
    inference("i6", "I6", ["c1"], "c2"),
    inference("i7", "I7", ["a1"], "c1"),
    inference("i8", "I8", ["e8"], "c1", "opposes"),
    inference("i9", "I9", ["e6"], "c2"),
    inference("i10", "I10", ["e9", "e8"], "i1", "opposes"),
    inference("i11", "I11", ["a1"], "c6"),
    inference("i12", "I12", ["c7"], "c4"),
    inference("i13", "I13", ["e10", "e11"], "c6"),
    inference("i14", "I14", ["e12"], "c8"),
    inference("i15", "I15", ["c8"], "i14"),
)


def map_with_every_finding() -> ArgumentMap:
    """Return a map that each rule has a finding on."""
    said = [Attribution(f"at-{item}", item, class_, (voice,)) for item, class_, voice in SAID]
    said.append(Attribution("at-e12", "e12", "author_assertion"))
    said[4] = evolve(said[4], source_certainty="possible", text_certainty="certain")
    whole = with_all(
        STATEMENTS,
        INFERENCES,
        sources={source.id: source for source in SOURCES},
        attributions={each.id: each for each in said},
    )
    return evolve(whole, document=evolve(whole.document, published="2021-04"))


ELSEWHERE = OtherDocuments((
    CopyElsewhere("e6", "E3", "d9", "Another text"),
    CopyElsewhere("e7", "E4", "d9", "Another text", "12345.5"),
))  # fmt: skip


def lines() -> str:
    """Return the rules, and each finding with its severity, labels and advice."""
    rules = (f"{r.severity} {r.id} ({r.kind}): {r.title}; {r.advice or '–'}" for r in RULES)
    found = (
        f"{rule.severity_of(each)} {rule.id} {' '.join(each.labels) or '–'}\n"
        f"  {each.problem}\n  {rule.advice_on(each)}"
        for rule, each in findings(map_with_every_finding(), ELSEWHERE)
    )
    return "\n".join([*rules, "", *found, ""])


def test_every_finding_says_what_is_wrong_how_serious_it_is_and_what_to_do() -> None:
    assert lines() == GOLDEN.read_text(encoding="utf-8")


def test_each_rule_has_a_finding_in_the_golden_file() -> None:
    found = {rule.id for rule, _ in findings(map_with_every_finding(), ELSEWHERE)}
    assert {rule.id for rule in RULES} - found == set()


if __name__ == "__main__":
    GOLDEN.write_text(lines(), encoding="utf-8")
