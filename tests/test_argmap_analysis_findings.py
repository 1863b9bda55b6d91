"""Findings: each rule on a map that it matches, and on one that it nearly matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.strategies.maps import TEXT, inference, small_map, statement, with_all

from argmap.analysis.findings import RULES, SEVERITIES, OtherDocuments, findings
from argmap.model.document import passage_at
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement
    from argmap.model.vocabulary import AttributionClass, Certainty, Nature

MAIN = statement("c", "C1", main=True)
CLAIM = statement("d", "C2")
ITEM = statement("e", "E1", "evidence")
OTHER = statement("f", "E2", "evidence")
FOR = inference("i", "I1", ["e"], "c")
AGAINST = inference("o", "I2", ["f"], "c", "opposes")


def found(rule: str, argument_map: ArgumentMap) -> list[tuple[str, ...]]:
    """Return the labels of the findings of *rule*, each of which has advice."""
    every = list(findings(argument_map))
    assert all(by.advice_on(each) for by, each in every)
    return [each.labels for by, each in every if by.id == rule]


def mapped(
    *parts: Statement | Inference,
    sources: tuple[Source, ...] = (),
    said: tuple[Attribution, ...] = (),
) -> ArgumentMap:
    statements = [part for part in parts if part.type == "statement"]
    inferences = [part for part in parts if part.type == "inference"]
    return with_all(
        statements,  # type: ignore[arg-type]  # told apart by their types
        inferences,  # type: ignore[arg-type]  # as above
        sources={s.id: s for s in sources},
        attributions={a.id: a for a in said},
    )


def said(item: str, source: str, class_: str = "named_person") -> Attribution:
    return Attribution(f"{item}-{source}", item, class_, (source,))  # type: ignore[arg-type]  # the model checks it


def test_a_claim_that_nothing_supports() -> None:
    assert found("unsupported-claim", mapped(MAIN, OTHER, AGAINST)) == [("C1",)]
    assert found("unsupported-claim", mapped(MAIN, ITEM, FOR)) == []


@pytest.mark.parametrize("nature", ["value", "definition"])
def test_what_cannot_be_graded_needs_support_only_where_it_is_the_main_claim(
    nature: Nature,
) -> None:
    assert found("unsupported-claim", mapped(MAIN, statement("d", "C2", nature=nature))) == [
        ("C1",)
    ]
    assert found("unsupported-claim", mapped(evolve(MAIN, nature=nature))) == [("C1",)]


def test_the_most_serious_findings_come_first() -> None:
    ring = [Source("p", "P", "outlet", derives_from=("q",)),
            Source("q", "Q", "outlet", derives_from=("p",))]  # fmt: skip
    m = mapped(MAIN, CLAIM, ITEM, FOR, sources=tuple(ring), said=(said("e", "p"),))
    ranks = [SEVERITIES.index(rule.severity_of(each)) for rule, each in findings(m)]
    assert len(set(ranks)) == 3
    assert ranks == sorted(ranks, reverse=True)


def severities(rule: str, argument_map: ArgumentMap) -> list[str]:
    """Return the severity of each finding of *rule*."""
    return [by.severity_of(each) for by, each in findings(argument_map) if by.id == rule]


BOTH = (MAIN, ITEM, OTHER, FOR, inference("j", "I3", ["f"], "c"))


def test_a_claim_whose_items_go_back_to_one_origin() -> None:
    release = Source("r", "Release", "document")
    papers = [Source(n, n, "outlet", derives_from=("r",)) for n in ("p", "q")]
    has = mapped(*BOTH, sources=(release, *papers), said=(said("e", "p"), said("f", "q")))
    assert severities("one-identified-origin", has) == ["warning"]
    (message,) = (f.message for rule, f in findings(has) if rule.id == "one-identified-origin")
    assert message == (
        "C1 has 2 items (E1, E2), 1 origin (Release): items from one origin do not confirm each other"
    )
    single = mapped(MAIN, ITEM, FOR, sources=(release,), said=(said("e", "r"),))
    assert severities("one-identified-origin", single) == ["info"]
    apart = [Source(n, n, "outlet") for n in ("p", "q")]
    nearly = mapped(*BOTH, sources=tuple(apart), said=(said("e", "p"), said("f", "q")))
    assert found("one-identified-origin", nearly) == []


def test_an_unknown_end_may_be_another_origin() -> None:
    sources = (Source("p", "P", "person"), Source("v", "It", "vague"))
    m = mapped(*BOTH, sources=sources, said=(said("e", "p"), said("f", "v", "vague_report")))
    assert found("one-identified-origin", m) == found("no-identified-origin", m) == []


@pytest.mark.parametrize("class_", ["author_assertion", "evidential_hedge"])
def test_a_claim_without_an_identified_origin(class_: AttributionClass) -> None:
    bare = mapped(MAIN, ITEM, FOR, said=(Attribution("a", "e", class_),))
    assert found("no-identified-origin", bare) == [("C1",)]
    voices = (Source("v", "officials", "unnamed"), Source("w", "reports", "vague"))
    vague = mapped(*BOTH, sources=voices, said=(said("e", "v"), said("f", "w")))
    assert found("no-identified-origin", vague) == [("C1",)]
    named = mapped(MAIN, ITEM, FOR, sources=(Source("p", "P", "person"),), said=(said("e", "p"),))
    assert found("no-identified-origin", named) == []


def test_a_claim_that_rests_on_sub_claims_alone_has_no_items_to_ask_about() -> None:
    m = mapped(
        MAIN, CLAIM, inference("k", "I5", ["d"], "c"), ITEM, inference("l", "I6", ["e"], "d")
    )
    assert found("no-identified-origin", m) == [("C2",)]


@pytest.mark.parametrize("nature", ["value", "definition"])
def test_a_claim_that_cannot_be_graded_needs_no_origin(nature: Nature) -> None:
    m = mapped(statement("c", "C1", nature=nature), ITEM, FOR)
    assert found("no-identified-origin", m) == []
    assert found("no-identified-origin", mapped(MAIN, ITEM, FOR)) == [("C1",)]


def test_linked_evidence_is_one_item_and_identified_where_every_premise_is() -> None:
    linked = (MAIN, ITEM, OTHER, inference("k", "I1", ["e", "f"], "c"))
    sources = (Source("p", "P", "person"), Source("q", "Q", "person"), Source("v", "V", "vague"))
    both = mapped(*linked, sources=sources, said=(said("e", "p"), said("f", "q")))
    assert severities("one-identified-origin", both) == ["info"]
    one = mapped(*linked, sources=sources, said=(said("e", "p"), said("f", "v")))
    assert found("no-identified-origin", one) == [("C1",)]


def test_sources_that_report_each_other() -> None:
    def reports(*derives: tuple[str, ...]) -> ArgumentMap:
        sources = [
            Source(n, n.upper(), "outlet", derives_from=d)
            for n, d in zip("pq", derives, strict=True)
        ]
        return mapped(MAIN, ITEM, FOR, sources=tuple(sources), said=(said("e", "p"),))

    assert found("circular-reporting", reports(("q",), ("p",))) == [("E1",)]
    assert found("circular-reporting", reports(("q",), ())) == []


@pytest.mark.parametrize(("note", "labels"), [(None, [("A1",)]), ("If not, it fails.", [])])
def test_an_assumption_that_carries_a_conclusion_unexamined(
    note: str | None, labels: list[tuple[str, ...]]
) -> None:
    assumption = statement("a", "A1", "assumption", note=note)
    carries = inference("i", "I1", ["a"], "c")
    assert found("unexamined-assumption", mapped(MAIN, assumption, carries)) == labels
    assert found("unexamined-assumption", mapped(MAIN, assumption)) == []


def test_evidence_without_an_attribution() -> None:
    assert found("missing-attribution", mapped(MAIN, ITEM, FOR)) == [("E1",)]
    named = mapped(MAIN, ITEM, FOR, sources=(Source("s", "S", "person"),), said=(said("e", "s"),))
    assert found("missing-attribution", named) == []


def test_evidence_from_a_vague_source() -> None:
    sources = (Source("s", "S", "person"), Source("v", "It", "vague"))
    vague = said("e", "v", "vague_report")
    assert found("vague-attribution", mapped(ITEM, sources=sources, said=(vague,))) == [("E1",)]
    both = (vague, said("e", "s"))
    assert found("vague-attribution", mapped(ITEM, sources=sources, said=both)) == []


def test_a_plural_voice_that_does_not_say_how_many() -> None:
    voices = [
        (Source("s", "officials familiar with the matter", "unnamed"), True),
        (Source("s", "people", "vague"), True),
        (Source("s", "the news", "vague"), False),
        (Source("s", "Officials", "unnamed", description="two of them, both at the port"), False),
        (Source("s", "Médecins Sans Frontières", "organisation"), False),
    ]
    for source, is_found in voices:
        whole = mapped(ITEM, sources=(source,), said=(said("e", "s", "unnamed_role"),))
        assert found("plural-for-one", whole) == ([("E1",)] if is_found else [])


@pytest.mark.parametrize(
    ("there", "here", "is_found"),
    [
        ("possible", "certain", True),
        ("probable", "certain", True),
        ("certain", "certain", False),
        ("certain", "possible", False),
        (None, "certain", False),
    ],
)
def test_evidence_that_is_more_certain_in_the_text(
    there: Certainty | None, here: Certainty, *, is_found: bool
) -> None:
    each = evolve(said("e", "s"), source_certainty=there, text_certainty=here)
    whole = mapped(ITEM, sources=(Source("s", "S", "person"),), said=(each,))
    assert found("grown-certainty", whole) == ([("E1",)] if is_found else [])


def test_evidence_in_the_words_of_other_evidence() -> None:
    words = "the ferry carried nine people on every night of that week"
    first, second = (
        statement(n, n.upper(), "evidence", text=text, passages=(passage_at(TEXT, at, at + 5),))
        for n, text, at in (("e1", f"{words} in May", 9), ("e2", words, 0))
    )
    one, other = (Source(n, n, "person") for n in ("s1", "s2"))
    apart = (said("e1", "s1"), said("e2", "s2"))
    has = mapped(first, second, sources=(one, other), said=apart)
    assert found("suspected-copy", has) == [("E1", "E2")]
    owned = (evolve(one, same_origin=("s2",)), other)
    assert found("suspected-copy", mapped(first, second, sources=owned, said=apart)) == []
    alike = (said("e1", "s1"), said("e2", "s1"))
    assert found("suspected-copy", mapped(first, second, sources=(one,), said=alike)) == []


def test_evidence_in_the_quotations_of_other_evidence() -> None:
    sources = tuple(Source(n, n, "outlet") for n in ("s1", "s2"))
    apart = (said("e1", "s1"), said("e2", "s2"))
    words = "a fifth of the drivers on the bridge"
    quotes = [passage_at(f"{words}. And then {words}.", at, at + len(words)) for at in (0, 47)]
    items = [
        statement(f"e{n}", f"E{n}", "evidence", passages=(quote,))
        for n, quote in enumerate(quotes, 1)
    ]
    assert found("suspected-copy", mapped(*items, sources=sources, said=apart)) == [("E2", "E1")]
    inside = evolve(items[1], passages=(evolve(quotes[0], start=5, words=words[5:]),))
    overlapping = mapped(items[0], inside, sources=sources, said=apart)
    assert found("suspected-copy", overlapping) == []
    derived = (sources[0], evolve(sources[1], derives_from=("s1",)))
    assert found("suspected-copy", mapped(*items, sources=derived, said=apart)) == []


def test_what_the_author_says_twice_is_no_copy() -> None:
    items = [statement(f"e{n}", f"E{n}", "evidence", text="It has 3,871 wells.") for n in (1, 2)]
    own = [Attribution(f"a{n}", f"e{n}", "author_assertion") for n in (1, 2)]
    assert found("suspected-copy", mapped(*items)) == [("E2", "E1")]
    assert found("suspected-copy", mapped(*items, said=tuple(own))) == []
    seen = evolve(own[0], class_="firsthand_author")
    assert found("suspected-copy", mapped(*items, said=(seen, own[1]))) == []


def test_evidence_with_a_rare_figure_of_other_evidence() -> None:
    texts = ("It has 3,871 wells.", "Wells: 3871.", "Of 3,871 wells many are dry.")
    sources = tuple(Source(n, n, "outlet") for n in ("s1", "s2"))
    apart = (said("e1", "s1"), said("e2", "s2"))
    items = [statement(f"e{n}", f"E{n}", "evidence", text=t) for n, t in enumerate(texts[:2], 1)]
    rare = mapped(*items, sources=sources, said=apart)
    assert found("suspected-copy", rare) == [("E2", "E1")]
    (told,) = [f.message for rule, f in findings(rare) if rule.id == "suspected-copy"]
    assert told.startswith("E2 has the same rare figure, 3,871, as E1")
    claims = [statement(f"c{n}", f"C{n}", text=texts[2]) for n in (1, 2)]
    assert found("suspected-copy", mapped(*items, *claims, sources=sources, said=apart)) == []
    elsewhere = OtherDocuments(figures={"3871": 2})
    assert not [f for rule, f in findings(rare, elsewhere) if rule.id == "suspected-copy"]


def test_no_main_claim() -> None:
    assert found("main-claim-missing", mapped(CLAIM)) == [()]
    assert found("main-claim-missing", mapped(CLAIM, MAIN)) == []
    assert found("main-claim-missing", mapped(ITEM)) == []


def test_a_statement_that_nothing_uses() -> None:
    assert found("unused-statement", mapped(MAIN, CLAIM, ITEM, OTHER, FOR)) == [("C2",), ("E2",)]
    used = inference("j", "I2", ["f"], "d")
    assert found("unused-statement", mapped(MAIN, CLAIM, ITEM, OTHER, FOR, used)) == []


def test_a_passage_that_is_used_twice() -> None:
    one, other = passage_at(TEXT, 0, 25), passage_at(TEXT, 4, 25)
    twice = [statement(n, f"C{n}", passages=(one,)) for n in ("1", "2")]
    assert found("passage-twice", mapped(*twice)) == [("C1", "C2")]
    nearly = [statement("1", "C1", passages=(one,)), statement("2", "C2", passages=(other,))]
    assert found("passage-twice", mapped(*nearly)) == []


def test_rules_have_ids_of_their_own_and_known_severities() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) == 20
    assert {rule.severity for rule in RULES} <= set(SEVERITIES)


def test_a_message_has_the_advice_that_a_finding_gives_and_not_that_of_its_rule() -> None:
    (unsupported,) = [f for by, f in findings(mapped(MAIN)) if by.id == "unsupported-claim"]
    assert unsupported.message == f"{unsupported.problem}: {unsupported.advice}"
    twice = [statement(n, f"C{n}", passages=(passage_at(TEXT, 0, 25),)) for n in ("1", "2")]
    ((rule, same),) = [(by, f) for by, f in findings(mapped(*twice)) if by.id == "passage-twice"]
    assert same.message == "C1 and C2 rest on exactly the same words"
    assert rule.advice_on(same).startswith("remove one")


def test_every_finding_names_its_labels_in_one_sentence() -> None:
    for _, each in findings(small_map()):
        assert all(label in each.message for label in each.labels)
        assert "\n" not in each.message
