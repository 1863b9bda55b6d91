"""The details of a statement as fields, which can be edited or lead to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from argmap.analysis.outline import SIGNS, sign_for_statement
from argmap.model.vocabulary import AUTHOR_CLASSES
from argmap.text.display import visible, visible_lines
from argmap.text.sentences import paragraph_number

from .grade_cells import forms_of
from .row_looks import join_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution
    from argmap.model.statement import Inference, Statement

    from .grades import Grades


class Field(NamedTuple):
    """A field of the details: some lines of text under a heading."""

    id: str
    """The name of the field, such as `note`; for one of several, with a colon and an id."""
    heading: str
    """The heading above the field; consecutive fields with the same heading share it."""
    text: str
    """Text, safe to draw; line ends are kept."""
    role: str = ""
    """The style of the text: `strong`, `quiet` or `quote`."""
    sign: str = ""
    """The sign before the text; only the sign is in colour."""
    colour: str = ""
    """The role of a statement, which decides the colour of the sign."""
    names_keys: bool = False
    """True if action ids in braces in its text are replaced by their keys."""

    @property
    def about(self) -> tuple[str, str]:
        """The name and the id in `id`; the id is empty for a field that has none."""
        word, _, id_ = self.id.partition(":")
        return word, id_


def fields_of(
    argument_map: ArgumentMap,
    statement: Statement,
    history: Sequence[str] = (),
    grades: Grades | None = None,
    origins: str = "",
) -> list[Field]:
    """Return the fields of *statement*, in the order in which they are shown.

    Args:
        argument_map: The map of the statement.
        statement: The selected statement.
        history: The edits of the statement, newest first, one line for each.
        grades: The grades of the map's claims.
        origins: The number of origins of a claim, in words; empty if they are not counted.
    """
    return [
        Field("text", "", visible_lines(statement.text), "strong"),
        *_grade(statement, grades),
        *_what_it_is(statement),
        *_passages(argument_map, statement),
        *_who(argument_map, statement),
        *_letters(argument_map, statement),
        *_numbers(argument_map, statement),
        *_inferences(argument_map, statement),
        *([Field("origins", "origins", origins, "quiet")] if origins else []),
        Field("note", "note", visible_lines(statement.note)) if statement.note else
        _unset("note", "note", "none; {details.open} adds one"),
        Field("tags", "tags", visible(", ".join(statement.tags))) if statement.tags else
        _unset("tags", "tags", "none; {details.open} adds some"),
        *(Field("history", "history", visible(line), "quiet") for line in history),
    ]  # fmt: skip


def _unset(id_: str, heading: str, words: str) -> Field:
    """Return a field that has no value; *words* name the key that sets it."""
    return Field(id_, heading, words, "quiet", names_keys=True)


def name_of(word: str) -> str:
    """Return a stored value, such as `named_person`, with spaces for underscores."""
    return word.replace("_", " ")


def _what_it_is(statement: Statement) -> Iterator[Field]:
    kind = "main claim" if statement.main else statement.kind
    yield Field("kind", "", kind, "quiet")
    if statement.kind == "claim":
        unset = _unset("nature", "", "kind of claim: not set; {details.open} sets it")
        yield Field("nature", "", statement.nature, "quiet") if statement.nature else unset
    if statement.kind == "assumption":
        words = "stated in the text" if statement.stated else "supplied by the reader"
        yield Field("stated", "", words, "quiet")


def _passages(argument_map: ArgumentMap, statement: Statement) -> Iterator[Field]:
    text = argument_map.document.text
    for passage in statement.passages:
        number = paragraph_number(text, passage.start)
        words = " ".join(visible(passage.words.replace("\n", " ")).split())
        is_the_same = words == " ".join(visible_lines(statement.text).split())
        shown = f"word for word in ¶ {number}" if is_the_same else f"“{words}”  ¶ {number}"
        yield Field(f"passage:{passage.start}-{passage.end}", "in the text",
                    shown, "quiet" if is_the_same else "quote")  # fmt: skip
    if not statement.passages:
        words = "none; {workbench.add-passage} adds the words under the text cursor"
        yield _unset("passages", "in the text", words)


def _who(argument_map: ArgumentMap, statement: Statement) -> Iterator[Field]:
    for attribution in argument_map.attributions_of.get(statement.id, ()):
        yield Field(f"who:{attribution.id}", "who says so", who_in_words(argument_map, attribution))
    if statement.id not in argument_map.attributions_of:
        yield _unset("who", "who says so", "no source given; {workbench.say-who} attributes it")


def _letters(argument_map: ArgumentMap, statement: Statement) -> Iterator[Field]:
    """Yield a field for each letter of the innermost sources, each source once."""
    from tui.look.admiralty_words import letter_in_words

    attributions = argument_map.attributions_of.get(statement.id, ())
    for id_ in dict.fromkeys(
        attribution.chain[-1] for attribution in attributions if attribution.chain
    ):
        for given in argument_map.reliabilities_of.get(id_, ()):
            yield Field(f"letter:{id_}", "how reliable the source is", letter_in_words(given))


def _numbers(argument_map: ArgumentMap, statement: Statement) -> Iterator[Field]:
    from tui.look.admiralty_words import number_in_words

    for given in argument_map.credibilities_of.get(statement.id, ()):
        yield Field("number", "how credible the item is", number_in_words(given))


def who_in_words(argument_map: ArgumentMap, attribution: Attribution) -> str:
    """Return an attribution in two lines: the speakers, then the wording and access."""
    names = [visible(argument_map.sources[id_].name) for id_ in attribution.chain]
    speakers = " → ".join(names) or _unnamed(argument_map, attribution)
    cue = f"“{visible(attribution.cue)}”" if attribution.cue else ""
    how = " · ".join(filter(None, (cue, name_of(attribution.access or ""))))
    return f"{speakers}  {name_of(attribution.class_)}" + (f"\n{how}" if how else "")


def _unnamed(argument_map: ArgumentMap, attribution: Attribution) -> str:
    """Return the speaker of an attribution that names no source: the author, or nobody."""
    if attribution.class_ not in AUTHOR_CLASSES:
        return "no source named"
    author = argument_map.document.author
    return f"{visible(author)}, the author" if author else "the author"


def _inferences(argument_map: ArgumentMap, statement: Statement) -> Iterator[Field]:
    for inference in argument_map.inferences_from.get(statement.id, ()):
        target = argument_map.statements.get(inference.conclusion)
        if target is not None:
            words = f"{target.label} {visible(target.text)}"
        else:
            words = f"the inference {join_labels(argument_map, inference.conclusion)}"
        heading = "supports" if inference.stance == "supports" else "contradicts"
        others = [argument_map.statements[p].label for p in inference.premises if p != statement.id]
        joined = f"  with {', '.join(others)}" if others else ""
        yield Field(f"inference:{inference.id}", heading, f"{words}{joined}",
                    sign=_sign_of(inference, argument_map), colour=inference.stance)  # fmt: skip
    for inference in argument_map.inferences_to.get(statement.id, ()):
        first, *others_of = (argument_map.statements[p] for p in inference.premises)
        signed = (f"{sign_for_statement(argument_map, p, inference)} {p.label}" for p in others_of)
        words = f"{' + '.join([first.label, *signed])} {visible(first.text)}"
        colour = "assumption" if first.kind == "assumption" else inference.stance
        yield Field(f"premise:{inference.id}", "for and against", words,
                    sign=sign_for_statement(argument_map, first, inference),
                    colour=colour)  # fmt: skip


def _sign_of(inference: Inference, argument_map: ArgumentMap) -> str:
    """Return the sign of a link that supports, opposes, or attacks another link."""
    undercuts = inference.stance == "opposes" and inference.conclusion in argument_map.inferences
    return SIGNS["undercut" if undercuts else inference.stance]


def _grade(statement: Statement, grades: Grades | None) -> Iterator[Field]:
    if grades is None or statement.kind != "claim":
        return
    graded = grades.grade_of(statement.id)
    words = "" if graded is None else graded.words
    text = "\n".join(filter(None, (words, grades.unusual_rubric(statement.id))))
    if text:
        cells = "" if graded is None else forms_of(graded)[-1]
        yield Field("grade", "grade", text, sign=cells, colour="claim")
