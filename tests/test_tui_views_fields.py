"""The details show all of a statement, safe to draw, with its links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import Step, edited, inference, small_map, statement, steps, with_all

from argmap.model.document import Document, passage_at
from argmap.model.source import Attribution, Source
from argmap.model.vocabulary import AUTHOR_CLASSES
from argmap.text.display import HIDDEN
from argmap.text.sentences import paragraphs_of
from tui.views.fields import Field, fields_of, name_of, who_in_words

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import AttributionClass

LINE = "The toll pays for itself, and reports say that traffic"
PARAGRAPHS = f"A title\n\n{LINE}\nfell by a fifth. Drivers adapt.\n\n  Hauliers disagree."
"""Three paragraphs; the second has a line break inside."""


def fields(argument_map: ArgumentMap, id_: str, heading: str) -> list[str]:
    """Return the words of the fields under *heading*."""
    found = fields_of(argument_map, argument_map.statements[id_])
    return [field.text for field in found if field.heading == heading]


def field(argument_map: ArgumentMap, id_: str, name: str) -> Field:
    found = fields_of(argument_map, argument_map.statements[id_])
    return next(f for f in found if f.id == name)


@given(st.lists(steps, max_size=25))
def test_every_statement_has_fields_that_can_be_drawn_and_lead_to_what_there_is(
    some: list[Step],
) -> None:
    argument_map = edited(some)
    for each in argument_map.statements.values():
        found = fields_of(argument_map, each, ["marked\x1b it"])
        assert [f.heading for f in found[:2]] == ["", ""]
        for one in found:
            assert one.text.strip()
            assert re.search(f"(?![\n\t])[{HIDDEN}]", one.text) is None
            word, id_ = one.about
            assert word != "inference" or each.id in argument_map.inferences[id_].premises
            assert word != "premise" or argument_map.inferences[id_].conclusion == each.id
            assert word != "who" or not id_ or argument_map.attributions[id_].statement == each.id
        ids = [f.id for f in found if f.id != "history" and not f.id.startswith("passage:")]
        assert len(set(ids)) == len(ids)


@given(st.lists(steps, max_size=25))
def test_every_passage_attribution_and_step_has_its_field(some: list[Step]) -> None:
    argument_map = edited(some)
    for each in argument_map.statements.values():
        about = [f.about for f in fields_of(argument_map, each)]
        places = [f"{p.start}-{p.end}" for p in each.passages]
        assert [id_ for word, id_ in about if word == "passage"] == places
        said = [a.id for a in argument_map.attributions_of.get(each.id, ())]
        assert [id_ for word, id_ in about if word == "who" and id_] == said
        used = [i.id for i in argument_map.inferences_from.get(each.id, ())]
        assert [id_ for word, id_ in about if word == "inference"] == used
        held = [i.id for i in argument_map.inferences_to.get(each.id, ())]
        assert [id_ for word, id_ in about if word == "premise"] == held


def test_the_rows_of_a_small_map_follow_its_argument() -> None:
    whole = small_map()
    assert fields(whole, "s-fell", "supports") == ["C1 Words of C1.  with A1"]
    assert fields(whole, "s-toll", "for and against") == ["A1 + ⊕ E1 Words of A1."]
    assert fields(whole, "s-stay", "contradicts") == ["the inference A1+E1→C1"]
    assert fields(whole, "s-fell", "who says so") == ["Reports  vague report\n“Reports say”"]
    assert fields(whole, "s-toll", "who says so") == [
        "no source given; {workbench.say-who} attributes it"
    ]
    assert fields(whole, "s-fell", "in the text") == ["“traffic fell by a fifth”  ¶ 1"]
    assert fields(whole, "s-toll", "in the text") == [
        "none; {workbench.add-passage} adds the words under the text cursor"
    ]


@pytest.mark.parametrize(
    ("id_", "name", "words"),
    [
        ("s-toll", "kind", "main claim"),
        ("s-stay", "kind", "claim"),
        ("s-fell", "kind", "evidence"),
        ("s-toll", "nature", "factual"),
        ("s-stay", "nature", "kind of claim: not set; {details.open} sets it"),
        ("s-adapt", "stated", "supplied by the reader"),
        ("s-fell", "note", "none; {details.open} adds one"),
        ("s-fell", "tags", "none; {details.open} adds some"),
    ],
)
def test_the_kind_of_a_statement_is_in_words(id_: str, name: str, words: str) -> None:
    assert field(small_map(), id_, name).text == words


def test_only_claims_have_a_nature_and_only_assumptions_are_stated_or_not() -> None:
    whole = small_map()
    names = {
        id_: {f.id for f in fields_of(whole, each)} & {"nature", "stated", "grade"}
        for id_, each in whole.statements.items()
    }
    assert names["s-fell"] == set()
    assert names["s-adapt"] == {"stated"}
    assert names["s-stay"] == {"nature"}


def test_notes_tags_and_history_are_shown_with_their_lines_and_without_what_acts() -> None:
    own = statement("s", "C1", note="one\ntwo\x1b[31m", tags=("a", "b\u202e"))
    found = fields_of(with_all([own]), own, ["newest", "oldest\n"])
    by_id = {f.id: f for f in found}
    assert (by_id["note"].text, by_id["note"].role) == ("one\ntwo⟦U+001B⟧[31m", "")
    assert by_id["tags"].text == "a, b⟦U+202E⟧"
    assert [f.text for f in found if f.id == "history"] == ["newest", "oldest⟦U+000A⟧"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("title", 1),
        ("A title", 1),
        ("toll pays", 2),
        ("The toll", 2),
        ("Drivers", 2),
        ("disagree", 3),
        ("Hauliers", 3),
        ("  Hauliers", 3),
    ],
)
def test_a_passage_has_the_number_of_its_paragraph(words: str, number: int) -> None:
    start = PARAGRAPHS.index(words)
    place = paragraphs_of(PARAGRAPHS).paragraphs[number - 1]
    assert place[0] <= start < place[1]
    own = statement("s", "C1", passages=(passage_at(PARAGRAPHS, start, start + len(words)),))
    whole = evolve(with_all([own]), document=Document("toll", "The toll", PARAGRAPHS))
    assert fields(whole, "s", "in the text") == [f"“{words.strip()}”  ¶ {number}"]


def test_only_signs_have_a_colour_and_they_say_the_same_as_it() -> None:
    whole = small_map()
    links = {
        id_: [(f.sign, f.colour) for f in fields_of(whole, each) if f.colour]
        for id_, each in whole.statements.items()
    }
    assert links["s-fell"] == [("⊕", "supports")]
    assert links["s-toll"] == [("⊕", "supports"), ("◆", "assumption")]
    assert links["s-stay"] == [("⊘", "opposes"), ("◉", "supports")]
    roles = {f.role for each in whole.statements.values() for f in fields_of(whole, each)}
    assert roles <= {"", "strong", "quiet", "quote"}


def test_a_statement_in_the_words_of_its_quotation_is_shown_once() -> None:
    start = PARAGRAPHS.index(LINE)
    passage = passage_at(PARAGRAPHS, start, PARAGRAPHS.index(" Drivers"))
    own = statement("s", "C1", text=" ".join(passage.words.split()), passages=(passage,))
    whole = evolve(with_all([own]), document=Document("toll", "The toll", PARAGRAPHS))
    assert fields(whole, "s", "in the text") == ["word for word in ¶ 2"]
    other = evolve(own, text="In other words.")
    whole = evolve(whole, statements={"s": other})
    assert fields(whole, "s", "in the text")[0].startswith("“The toll pays")


def test_a_chain_of_speakers_begins_with_the_outermost() -> None:
    sources = {id_: Source(id_, name, "person") for id_, name in (("a", "Amy"), ("b", "Bob\x07"))}
    whole = with_all([statement("s", "E1", "evidence")], sources=sources)
    said = Attribution("at", "s", "named_person", ("a", "b"), "said", None, "took_part")
    words = "Amy → Bob⟦U+0007⟧  named person\n“said” · took part"
    assert who_in_words(whole, said) == words
    nobody = Attribution("at", "s", "evidential_hedge")
    assert who_in_words(whole, nobody) == "no source named  evidential hedge"


@pytest.mark.parametrize("class_", AUTHOR_CLASSES)
def test_the_author_is_named_where_the_author_speaks(class_: AttributionClass) -> None:
    whole = with_all([statement("s", "E1", "evidence")])
    said, name = Attribution("at", "s", class_), class_.replace("_", " ")
    assert who_in_words(whole, said) == f"the author  {name}"
    whole = evolve(whole, document=evolve(whole.document, author="Amy\x07"))
    assert who_in_words(whole, said) == f"Amy⟦U+0007⟧, the author  {name}"


def test_words_of_a_vocabulary_are_written_as_people_write_them() -> None:
    assert name_of("named_person") == "named person"


def test_an_undercut_names_the_labels_of_its_inference() -> None:
    listed = [statement("a", "C1"), statement("b", "C2"), statement("c", "C3")]
    links = [inference("i", "I1", ["a"], "b"), inference("j", "I2", ["c"], "i", "opposes")]
    assert fields(with_all(listed, links), "c", "contradicts") == ["the inference C1→C2"]
