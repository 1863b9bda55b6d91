"""Letters and numbers are asked for separately, suggested with a reason, saved on choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.workbench import Driver, driving

from argmap.analysis.admiralty import LETTER_WORDS, NUMBER_WORDS
from argmap.errors import EditError
from argmap.model.source import Source
from argmap.model.vocabulary import CONSISTENCIES, LETTERS, LOGICALS
from store import load_map, open_store
from store.queries import SourceSummary, load_everything
from tui.dialogs.admiralty import (
    letter_operation,
    next_letter_question,
    next_number_question,
    suggest_number_from_answers,
)
from tui.dialogs.questions import choice_keys
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.desk import Content, Desk

    from argmap.model.rating import Credibility, Reliability

AMY = SourceSummary(Source("amy", "Amy", "person"), (), (), ("named_person",), ())
TEXT = "The toll pays for itself. Reports say traffic fell."
DOCUMENT: Content = {"type": "document", "id": "toll", "title": "The toll", "text": TEXT}


def voice(id_: str, **values: Any) -> Content:  # noqa: ANN401  (what a record holds)
    return {"type": "source", "id": id_, "name": f"Voice {id_}", "kind": "person"} | values


def item(id_: str, class_: str, *chain: str) -> Content:
    return {"type": "statement", "id": id_, "document": "toll", "kind": "evidence",
            "text": f"Item {id_}.", "attribution": {"class": class_, "chain": chain}}  # fmt: skip


RECORDS = (
    DOCUMENT,
    {"type": "statement", "id": "c1", "document": "toll", "kind": "claim", "text": "It pays."},
    voice("v1"),
    voice("v2"),
    item("e1", "named_person", "v1"),
    {"type": "reliability", "source": "v1", "letter": "D", "topic": "tolls", "assessor": "reader"},
)


@pytest.fixture
def path(desk: Desk) -> Path:
    desk.land(*RECORDS)
    return desk.path


def working(path: Path) -> ArgmapApp:
    return ArgmapApp(path, document="toll")


async def rate_credibility(driver: Driver, *keys: str, of: str = "e1") -> None:
    driver.bench.work.select(of)
    await driver.press("C", *keys)


def letters(path: Path) -> list[Reliability]:
    with open_store(path) as opened:
        return sorted(load_everything(opened).reliabilities.values(), key=lambda r: r.at or "")


def numbers(path: Path) -> list[Credibility]:
    with open_store(path) as opened:
        return list(load_map(opened, "toll").credibilities.values())


# Letters


async def test_counts_are_asked_first_then_a_letter_is_suggested_with_its_reason(
    path: Path,
) -> None:
    async with driving(path, app=working(path)) as driver:
        await driver.press("S", "j", "a")
        await driver.type("rents")
        await driver.press("enter", "8", "enter", "7", "enter")
        assert "which letter? C is suggested: 7 of 8 checked statements were right" in driver.seen
        assert "no basis to judge; not a bad rating" in driver.seen
        assert len(letters(path)) == 1
        await driver.press("enter")
        given = letters(path)[-1]
        assert (given.letter, given.topic, given.checked, given.valid, given.assessor) == (
            "C", "rents", 8, 7, "reader",
        )  # fmt: skip
        assert driver.said == [
            "rated Voice v2: reliability C on rents, as suggested (reader) · u undoes it"
        ]
        assert "C fairly reliable on rents" in driver.seen
        await driver.press("u")
        assert len(letters(path)) == 1


async def test_leaving_before_choosing_a_letter_saves_nothing(path: Path) -> None:
    async with driving(path, app=working(path)) as driver:
        await driver.press("S", "j", "a", "enter", "enter")
        assert "which letter? F is suggested: 0 statements checked; 5 are needed" in driver.seen
        await driver.press("escape", "escape", "escape")
        assert driver.app.screen.is_modal is False
        assert len(letters(path)) == 1


async def test_a_letter_other_than_suggested_needs_a_reason(path: Path) -> None:
    async with driving(path, app=working(path)) as driver:
        await driver.press("S", "j", "a", "enter", "enter", "b")
        assert "F was suggested; why B?" in driver.seen
        await driver.press("enter")
        assert "type a reason" in driver.seen
        assert len(letters(path)) == 1
        await driver.type("I know her")
        await driver.press("enter")
        given = letters(path)[-1]
        assert (given.letter, given.because) == ("B", "I know her")


async def test_a_letter_on_the_same_topic_begins_with_the_earlier_answers_and_replaces_it(
    path: Path,
) -> None:
    async with driving(path, app=working(path)) as driver:
        await driver.press("S", "enter")
        screen = cast("Any", driver.app.screen)
        screen.fields.at = next(
            n for n, field in enumerate(screen.fields.fields) if field.id.startswith("letter:")
        )
        await driver.press("enter", "enter", "5", "enter", "9", "enter")
        assert "at most 5 can be right" in driver.seen
        await driver.press("backspace", "x", "enter")
        assert "type a whole number" in driver.seen
        await driver.press("backspace", "5", "enter", "enter")
        (given,) = letters(path)
        assert (given.letter, given.topic) == ("B", "tolls")
        assert "earlier: D not usually reliable on tolls" in driver.seen


@given(
    st.sampled_from(["named_person", "vague_report", "unnamed_role"]),
    st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
)
def test_a_is_never_where_the_cursor_begins_and_always_asks_why(
    class_: Any,  # noqa: ANN401  (a class of attribution)
    outcomes: tuple[int, int],
) -> None:
    row = SourceSummary(AMY.source, (), (), (class_,), ())
    answers = {"topic": "", "checked": str(outcomes[0]), "right": str(outcomes[1])}
    asked = next_letter_question(row, (), "amy", None, answers)
    assert asked is not None
    assert asked.value != "A"
    assert asked.value in LETTERS
    why = next_letter_question(row, (), "amy", None, answers | {"letter": "A"})
    assert why is not None
    assert why.id == "because"
    with pytest.raises(EditError):
        letter_operation(row, "amy", "2024-03-02T10:15:00Z", answers | {"letter": "A"})


def test_where_one_text_names_a_source_it_can_be_judged_however_vague_another_is() -> None:
    row = SourceSummary(AMY.source, (), (), ("named_person", "unnamed_role"), ())
    asked = next_letter_question(row, (), "amy", None, {"topic": "", "checked": "5", "right": "5"})
    assert asked is not None
    assert asked.value == "B"


# Numbers


async def test_a_number_is_asked_in_three_questions_and_suggested_with_its_reason(
    path: Path,
) -> None:
    async with driving(path, app=working(path)) as driver:
        await rate_credibility(driver, "1")
        assert "does it agree with other information?" in driver.seen
        await driver.press("1", "2")
        assert "2 is suggested: not confirmed" in driver.seen
        assert numbers(path) == []
        await driver.press("enter")
        (given,) = numbers(path)
        assert (given.number, given.logical, given.consistency, given.conflict) == (
            2, "yes", "consistent", False,
        )  # fmt: skip
        assert given.assessor == "reader"
        assert driver.said == ["rated E1: credibility 2, as suggested (reader) · u undoes it"]
        await driver.press("u")
        assert numbers(path) == []


async def test_while_the_number_is_asked_the_letter_of_its_source_is_nowhere(path: Path) -> None:
    words = ("not usually reliable", "Voice v1", "how reliable")
    async with driving(path, app=working(path)) as driver:
        driver.bench.work.select("e1")
        await driver.settle()
        assert all(each in driver.seen for each in words)
        driver.app.say("gave Voice v1 the letter D, which is not usually reliable")
        await driver.settle()
        for key in ("C", "1", "2", "3", "6"):
            await driver.press(key)
            assert driver.said == []
            assert "Item e1." in driver.seen
            assert not any(each in driver.seen for each in words)


async def test_where_no_definition_fits_nothing_is_marked_and_it_is_said_why(path: Path) -> None:
    async with driving(path, app=working(path)) as driver:
        await rate_credibility(driver, "1", "3", "2")
        assert "none is suggested: it is logical, and" in driver.seen
        await driver.press("enter")
        assert numbers(path) == []
        await driver.press("6")
        assert [given.number for given in numbers(path)] == [6]


async def test_two_identified_origins_on_the_map_confirm_an_item(desk: Desk) -> None:
    again = {"type": "attribution", "statement": "e1", "class": "named_person", "chain": ["v2"]}
    desk.land(*RECORDS, again)
    async with driving(desk.path, app=working(desk.path)) as driver:
        await rate_credibility(driver, "1", "1", "2")
        assert "1 is suggested: 2 origins confirm it" in driver.seen


async def test_only_evidence_gets_a_number(path: Path) -> None:
    async with driving(path, app=working(path)) as driver:
        await rate_credibility(driver, of="c1")
        assert driver.said == ["only evidence is rated for credibility; select some evidence"]


async def test_no_number_keeps_the_answers_and_they_come_back_when_it_is_asked_again(
    path: Path,
) -> None:
    async with driving(path, app=working(path)) as driver:
        await rate_credibility(driver, "2", "4", "1", "end", "enter")
        (given,) = numbers(path)
        assert (given.number, given.logical, given.conflict) == (None, "partly", True)
        await rate_credibility(driver, "enter", "enter", "enter")
        assert "logical: partly · agreement: contradicted · contradicted: yes" in driver.seen


async def test_the_details_show_letter_and_number_separately_and_open_both(path: Path) -> None:
    async with driving(path, app=working(path)) as driver:
        await rate_credibility(driver, "1", "1", "2", "2")
        fields = driver.bench.details.list.fields
        found = {f.id: (f.heading, f.text) for f in fields}
        assert found["letter:v1"] == (
            "how reliable the source is",
            "D not usually reliable on tolls",
        )
        assert found["number"] == ("how credible the item is", "2 probably true  (by reader)")
        await driver.press("3")
        driver.bench.details.list.at = [f.id for f in fields].index("letter:v1")
        await driver.press("enter")
        assert "not usually reliable on tolls" in driver.seen
        assert "sources" in driver.lines[0]


async def test_ten_pairs_of_one_rank_are_warned_of_after_the_number_and_among_the_sources(
    desk: Desk,
) -> None:
    desk.land(
        DOCUMENT,
        *(voice(f"v{n}") for n in range(10)),
        *(item(f"e{n}", "named_person", f"v{n}") for n in range(10)),
        *({"type": "reliability", "source": f"v{n}", "letter": "B", "assessor": "reader"}
          for n in range(10)),
        *({"type": "credibility", "statement": f"e{n}", "number": 2, "assessor": "reader"}
          for n in range(9)),
    )  # fmt: skip
    warning = "10 of 10 Admiralty pairs have a letter and a number of one rank"
    async with driving(desk.path, app=working(desk.path)) as driver:
        await driver.press("S")
        assert "Admiralty pairs" not in driver.seen
        await driver.press("escape")
        await rate_credibility(driver, "1", "1", "2", "2", of="e9")
        assert warning in driver.said[-1]
        await driver.press("S")
        assert f"! {warning}" in " ".join(driver.seen.split())


@given(
    st.integers(0, 4),
    st.sampled_from(LOGICALS),
    st.sampled_from(CONSISTENCIES),
    st.sampled_from(["yes", "no", "unknown"]),
)
def test_what_is_suggested_is_where_the_cursor_begins_and_any_other_number_asks_why(
    origins: int, logical: str, agreement: str, contradicted: str
) -> None:
    answers = {"logical": logical, "agreement": agreement, "contradicted": contradicted}
    asked = next_number_question(origins, None, answers)
    suggested = suggest_number_from_answers(origins, answers)
    assert asked is not None
    assert asked.value == str(suggested.number or "")
    assert suggested.reason in asked.words
    for number in NUMBER_WORDS:
        then = next_number_question(origins, None, answers | {"number": str(number)})
        assert (then is None) == (suggested.number in {None, number})


def test_every_letter_and_number_is_selected_by_its_own_key() -> None:
    asked = next_number_question(
        0, None, {"logical": "yes", "agreement": "none", "contradicted": "no"}
    )
    assert asked is not None
    assert choice_keys(asked.choices) == [*map(str, NUMBER_WORDS), ""]
    letter = next_letter_question(AMY, (), "amy", None, {"topic": "", "checked": ""})
    assert letter is not None
    assert choice_keys(letter.choices) == [*LETTER_WORDS, ""]
