"""The computed parts of the Markdown, each on a map with content for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from support.oracles.markdown_tables import claims_in, part_of, tables_in
from support.strategies.grading import answers_to
from support.strategies.maps import RUBRIC, inference, rating, statement, with_all
from support.strategies.provenance_maps import said, source, sourced_map

from argmap.analysis.grade_report import claim_grades
from argmap.exports.markdown.computed.claims_table import MOST_WORDS
from argmap.exports.markdown.tables import format_table
from argmap.formats import markdown_syntax as form
from argmap.formats.bundle import Bundle
from argmap.formats.registry import export_formats
from argmap.model.rating import Credibility, Rating, Reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import Answer, Letter

STRONG: Mapping[str, Answer] = {c.id: c.top for c in RUBRIC.criteria.values()}
WEAK: Mapping[str, Answer] = {**STRONG, "directness": 1, "identification": 2}


def written(m: ArgumentMap) -> str:
    return "".join(export_formats()["markdown"].write(Bundle((m,))))


def rated(m: ArgumentMap, *by: tuple[str, str, Mapping[str, Answer]]) -> ArgumentMap:
    """Return *m* with the answers of each assessor about each claim."""
    ratings = [
        rating(f"{who}-{claim}-{name}", claim, name, answer, who)
        for claim, who, answers in by
        for name, answer in answers.items()
    ]
    return evolve(m, ratings={r.id: r for r in ratings})


def claims(*natures: str | None) -> ArgumentMap:
    return with_all(
        statement(f"c{n}", f"C{n}", nature=nature, main=n == 1)
        for n, nature in enumerate(natures, 1)
    )


def test_the_table_alone_tells_a_sloppy_claim_from_a_well_sourced_one() -> None:
    m = rated(claims("factual", "factual"), ("c1", "amy", STRONG), ("c2", "amy", WEAK))
    strong, weak = claims_in(written(m))
    assert (strong["Grade"], strong["Evidence quality"], strong["Attribution"]) == (
        "Strong", "100", "100")  # fmt: skip
    assert "Limited by" in strong
    assert not strong["Limited by"]
    assert weak["Grade"] == "Limited"
    assert weak["Limited by"] == "Evidence quality (directness ≤ 1)"


def test_open_answers_leave_an_interval_and_no_number() -> None:
    some = {"directness": 3, "corroboration": 1}
    most = {name: answer for name, answer in STRONG.items() if name != "currency"}
    m = rated(claims("factual", "factual"), ("c1", "amy", some), ("c2", "amy", most))
    first, second = claims_in(written(m))
    assert re.fullmatch(r"\[\d+–\d+\]", first["Evidence quality"])
    assert first["Attribution"] == "·"
    assert first["Grade"].startswith("Not assessed (")
    assert re.fullmatch(r"\d+ \[\d+–\d+\]", second["Evidence quality"])
    assert second["Grade"].startswith("Strong, provisional")
    text = written(m)
    assert "in brackets, the lowest and highest that are still possible" in text
    assert "· not rated" in text


def test_claims_that_nobody_rated_are_not_assessed_or_not_gradable() -> None:
    m = rated(claims("factual", "factual", "value"), ("c1", "amy", STRONG))
    rows = claims_in(written(m))
    assert [row["Grade"] for row in rows] == ["Strong", "Not assessed", "Not gradable"]
    assert [row["Evidence quality"] for row in rows] == ["100", "·", "–"]
    text = part_of(written(m), form.COVERAGE)
    assert "- Not rated: C2.\n" in text
    assert "- Not gradable, and not rated: C3.\n" in text


def test_claims_that_somebody_rated_come_first_in_the_table_and_in_the_sections() -> None:
    m = rated(
        claims("factual", "value", "causal", "factual"), ("c4", "amy", WEAK), ("c3", "bo", WEAK)
    )
    text = written(m)
    labels = [claim[""].split("\N{NO-BREAK SPACE}")[1] for claim in claims_in(text)]
    assert labels == ["C3", "C4", "C1", "C2"]
    assert re.findall(r"(?m)^### (C\d)", text) == labels
    of_main = written(rated(m, ("c4", "amy", WEAK), ("c1", "amy", WEAK)))
    assert re.findall(r"(?m)^### (C\d)", of_main) == ["C1", "C4", "C2", "C3"]


def test_the_table_says_how_the_text_names_the_sources_of_the_evidence() -> None:
    m = sourced_map(
        [(["e1"], "c1"), (["e2"], "c1"), (["c1"], "c2"), (["e3"], "c3")],
        [source("s1", "document")],
        [said("at1", "e1", class_="evidential_hedge"),
         said("at2", "e2", "s1", class_="named_document")],
    )  # fmt: skip
    classes = [row["Sources"] for row in claims_in(written(m))]
    assert classes == ["evidential hedge, named document", "", ""]
    main = evolve(m.statements["c1"], main_item="e2")
    m = evolve(m, statements={**m.statements, "c1": main})
    assert claims_in(written(m))[0]["Sources"] == "named document, evidential hedge"


def test_each_assessor_has_a_row_and_the_claim_stands_once() -> None:
    m = rated(claims("factual"), ("c1", "amy", STRONG), ("c1", "ben", WEAK))
    rows = claims_in(written(m))
    assert [(r["Rated by"], r["Grade"], r["Claim"]) for r in rows] == [
        ("amy", "Strong", "Words of C1."), ("ben", "Limited", "")]  # fmt: skip
    alone = rated(claims("factual"), ("c1", "amy", STRONG))
    assert "Rated by" not in claims_in(written(alone))[0]


def test_a_map_without_ratings_has_no_columns_or_parts_for_them() -> None:
    text = written(claims("factual", None))
    assert "No claim has been rated." in text
    assert claims_in(text)[0].keys() == {"", "Claim", "Kind", "Flags"}
    for title in (form.HEAT, form.FLIPS, form.COVERAGE, form.ADMIRALTY, form.PROVENANCE):
        assert not part_of(text, title)


def test_no_table_has_an_empty_column() -> None:
    assert list(format_table(["a", "b", "c"], [["1", "", "2"], ["", "", "3"]], centred={2})) == [
        "| a | c |\n", "|---|:-:|\n", "| 1 | 2 |\n", "|  | 3 |\n"]  # fmt: skip
    m = rated(claims("factual", "value"), ("c1", "amy", STRONG), ("c1", "ben", {"fit": 1}))
    for head, *rows in tables_in(written(m)):
        assert all(any(column) for column in zip(*rows, strict=True)), head


def test_flags_name_the_items_that_a_finding_is_about() -> None:
    cited = [said("at1", "e1", "s1", class_="vague_report")]
    m = sourced_map([(["e1"], "c1")], [source("s1", "vague")], cited, opposes=[(["e2"], "c1")])
    rows = {row[""]: row.get("Flags", "") for row in claims_in(written(m))}
    flags = rows["●\N{NO-BREAK SPACE}C1"]
    assert "no identified origin" in flags
    assert "vague attribution E1" in flags
    assert "unanswered contrary E2" in flags
    assert "unsupported claim" in rows["●\N{NO-BREAK SPACE}C2"]
    assert "attribution" not in rows["●\N{NO-BREAK SPACE}C2"]


def test_the_heat_map_has_a_sign_for_every_answer() -> None:
    answers: dict[str, Answer] = {
        "directness": 0, "fit": 3, "specificity": "cannot_judge", "contrary": "not_applicable",
    }  # fmt: skip
    text = part_of(written(rated(claims("factual"), ("c1", "amy", answers))), form.HEAT)
    [[head, row]] = tables_in(text)
    assert dict(zip(head, row, strict=True)) == {
        "Claim": "C1", "directness": "0", "fit": "3°", "corroboration": "°", "specificity": "?",
        "contrary": "–", "currency": "°",
    }  # fmt: skip
    assert "3° an answer that is ignored" in text
    assert "· not rated" not in text
    assert "No answers yet: Source identification, " in text


@given(first=answers_to(RUBRIC), second=answers_to(RUBRIC))
def test_fragile_grades_are_those_that_a_single_step_flips(
    first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    m = rated(claims("factual", None), ("c1", "amy", first), ("c2", "ben", second))
    text = part_of(written(m), form.FLIPS)
    listed = {(row[0], row[1]) for each in tables_in(text) for row in each[1:]}
    listed = {pair if pair[1] in ("amy", "ben") else (pair[0], "") for pair in listed}
    steps = 0
    for each in claim_grades(m, RUBRIC):
        flips = each.report.sensitivity.steps if each.ratings else ()
        steps += len(flips)
        if each.ratings:
            names = {(each.claim.label, each.assessor), (each.claim.label, "")}
            assert bool(names & listed) == bool(flips)
    assert text.count("→") == steps


def test_coverage_counts_what_applies_and_what_was_answered() -> None:
    one: dict[str, Answer] = {
        "directness": 4,
        "fit": 4,
        "fidelity": "cannot_judge",
        "interest": "not_applicable",
    }
    m = rated(claims("factual", "factual"), ("c1", "amy", one), ("c2", "ben", {"directness": 0}))
    [[head, amy, ben]] = tables_in(part_of(written(m), form.COVERAGE))
    rows = [dict(zip(head, row, strict=True)) for row in (amy, ben)]
    assert [row["Claims"] for row in rows] == ["1 of 2", "1 of 2"]
    # Of 11 criteria, one does not apply for amy, and three are implied not to for ben.
    assert [row["Criteria"] for row in rows] == ["2 of 10", "1 of 8"]
    assert "Could not be judged: fidelity of C1 (amy)." in written(m)
    assert "by amy (2 of 10 criteria) and ben (1 of 8 criteria)" in written(m)


def test_dates_of_ratings_are_days() -> None:
    m = rated(claims("factual"), ("c1", "amy", STRONG))
    times = ("2024-03-02T10:15:00Z", "2024-03-05T10:15:00+02:00")
    dated = [evolve(r, at=times[n % 2]) for n, r in enumerate(m.ratings.values())]
    text = written(evolve(m, ratings={r.id: r for r in dated}))
    assert "amy (2024-03-02 to 2024-03-05, 11 of 11 criteria)" in text
    assert not re.search(r"T10:15", text.split("\n## Claims\n")[0])
    assert "| 2024-03-05T10:15:00+02:00 |" in text


def test_ratings_under_another_version_are_said_not_to_count() -> None:
    older = evolve(RUBRIC, version="0.9")
    m = rated(claims("factual"), ("c1", "amy", STRONG))
    other = Rating("old", RUBRIC.id, "0.9", "fit", "ben", 1, statement="c1")
    m = evolve(
        m,
        ratings={**m.ratings, "old": other},
        rubrics={**m.rubrics, (older.id, older.version): older},
    )
    assert "1 rating under evidence-attribution 0.9 is not counted here" in written(m)


def pair(letter: Letter, number: int, n: int) -> tuple[Reliability, Credibility]:
    return (
        Reliability(f"r{n}", f"s{n}", "amy", letter, topic=None),
        Credibility(f"k{n}", f"e{n}", "amy", number),
    )


@pytest.mark.parametrize(("on", "is_warned"), [(8, True), (7, False)])
def test_admiralty_pairs_are_counted_with_a_warning_on_the_diagonal(
    on: int,
    is_warned: bool,  # noqa: FBT001  (a parameter)
) -> None:
    pairs = [pair("B", 2, n) if n < on else pair("C", 4, n) for n in range(10)]
    m = with_all(
        [statement("c1", "C1"), *(statement(f"e{n}", f"E{n}", "evidence") for n in range(10))],
        [inference("i", "I1", ["e0"], "c1")],
        sources={f"s{n}": source(f"s{n}") for n in range(10)},
        attributions={f"a{n}": said(f"a{n}", f"e{n}", f"s{n}") for n in range(10)},
        reliabilities={r.id: r for r, _ in pairs},
        credibilities={c.id: c for _, c in pairs},
    )
    text = part_of(written(m), form.ADMIRALTY)
    [[_, *rows]] = tables_in(text)
    assert [row[0] for row in rows] == [f"**{letter}**" for letter in "ABCDEF"]
    assert rows[1][1:] == ["0", f"**{on}**", "0", "0", "0", "0"]
    assert rows[2][1:] == ["0", "0", "**0**", f"{10 - on}", "0", "0"]
    assert rows[5][1:] == ["0"] * 6
    assert ("Warning: " in text) == is_warned
    assert claims_in(written(m))[0]["Admiralty"] == "E0 B2"


def test_half_a_pair_stands_in_the_table_of_claims_and_is_not_counted() -> None:
    letter, number = pair("B", 1, 1)
    m = sourced_map([(["e1"], "c1")], [source("s1")], [said("at", "e1", "s1")])
    for homes, words in (
        ({"reliabilities": {"r": letter}}, "E1 B–"),
        ({"credibilities": {"k": number}}, "E1 –1"),
    ):
        text = written(evolve(m, **homes))
        assert claims_in(text)[0]["Admiralty"] == words
        assert not part_of(text, form.ADMIRALTY)


def test_what_depends_on_one_origin_is_named_with_its_share() -> None:
    voices = [source("s1"), source("s2", derives_from=("s1",)), source("s3")]
    cited = [said("at1", "e1", "s1"), said("at2", "e2", "s2"), said("at3", "e3", "s3")]
    steps = [(["e1"], "c1"), (["e2"], "c1"), (["e1"], "c2"), (["e3"], "c2"), (["e4"], "c3")]
    text = part_of(written(sourced_map(steps, voices, cited)), form.PROVENANCE)
    [[head, first, second, unknown]] = tables_in(text)
    assert head == ["Origin", "Share", "Only origin of", "One of several for"]
    # C1 has a mass of 1 on S1; C2 half on each; C3 one on what nobody is named for.
    assert first == ["S1 (S1)", "50 %", "C1", "C2"]
    assert second == ["S3 (S3)", "17 %", "", "C2"]
    assert unknown == ["no identified origin", "33 %", "", ""]
    assert "No identified origin: C3." in text


def test_a_long_map_prints_each_claim_once() -> None:
    words = "A long claim that says what it says at some length, number "
    long = [statement(f"c{n}", f"C{n}", text=f"{words}{n:03} of them.") for n in range(300)]
    steps = [inference(f"i{n}", f"I{n}", [f"c{n + 1}"], f"c{n // 3}") for n in range(299)]
    m = rated(with_all(long, steps), *((f"c{n}", "amy", WEAK) for n in range(0, 300, 2)))
    text = written(m)
    head, rest = text.split("\n## Findings\n")
    for claim in long:
        assert head.count(claim.text) == 1
        assert rest.count(claim.text) == 1
    assert max(len(line) for line in text.splitlines()) < 2000
    assert len(words) < MOST_WORDS


def parts_of(text: str) -> Sequence[str]:
    return re.findall(r"(?m)^## (.*)$", text)


def test_computed_parts_precede_the_map_in_their_order() -> None:
    m = sourced_map([(["e1"], "c1")], [source("s1")], [said("at", "e1", "s1")])
    m = rated(m, ("c1", "amy", STRONG), ("c1", "ben", WEAK))
    before = parts_of(written(m).split("\n## Map\n")[0])
    assert before == [title for title in form.COMPUTED if title in before]
    assert len(before) >= len(form.COMPUTED) - 1
