"""Maps, and edits of them, for tests: fixed ones to start from, random ones by Hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import define, evolve, frozen
from hypothesis import strategies as st

from argmap import edit
from argmap.errors import EditError, ModelError
from argmap.model.document import Document, passage_at
from argmap.model.map import ArgumentMap, Change, Operation
from argmap.model.rating import Rating
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import KINDS, NATURES, STANCES, STATES
from argmap.rubrics import shipped_rubrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from argmap.model.vocabulary import Answer, Stance

T = TypeVar("T")

AT = "2024-03-02T10:15:00Z"
TEXT = "The toll pays for itself. Reports say traffic fell by a fifth. Drivers adapt."
RUBRIC = next(r for r in shipped_rubrics() if r.name == "evidence-attribution@1.1")


def statement(id_: str, label: str, kind: str = "claim", **values: object) -> Statement:
    """Return a statement of the document `toll`, with unique words."""
    plain = {"text": f"Words of {label}.", "stated": False if kind == "assumption" else None}
    return Statement(id=id_, document="toll", kind=kind, label=label, **plain | values)  # type: ignore[arg-type]  # the model checks each value


def inference(
    id_: str, label: str, premises: Iterable[str], conclusion: str, stance: Stance = "supports"
) -> Inference:
    """Return an inference of the document `toll`."""
    ids = tuple(sorted(premises))
    return Inference(id_, "toll", ids, conclusion, stance, label)


def rating(id_: str, target: str, criterion: str, answer: Answer, assessor: str = "amy") -> Rating:
    """Return a rating of a statement under the default rubric."""
    return Rating(id_, RUBRIC.id, RUBRIC.version, criterion, assessor, answer, statement=target)


def with_all(
    statements: Iterable[Statement] = (),
    inferences: Iterable[Inference] = (),
    document: str = "toll",
    **homes: Mapping[str, object],
) -> ArgumentMap:
    """Return a map of *statements* and *inferences*, made without any edit verb."""
    return ArgumentMap(
        Document(document, "The toll", TEXT),
        {s.id: s for s in statements},
        {i.id: i for i in inferences},
        **{"rubrics": {(r.id, r.version): r for r in shipped_rubrics()}, **homes},  # type: ignore[arg-type]  # each home has its own type
    )


def chain(length: int) -> ArgumentMap:
    """Return a map in which each claim supports the one before it."""
    claims = [statement(f"s{n}", f"C{n}") for n in range(length)]
    links = [inference(f"i{n}", f"I{n}", [f"s{n + 1}"], f"s{n}") for n in range(length - 1)]
    return with_all(claims, links)


def small_map() -> ArgumentMap:
    """Return a map with an entity of every type; its ids differ from its labels."""
    statements = [
        statement("s-toll", "C1", main=True, main_item="s-fell", nature="factual"),
        statement("s-stay", "C2"),
        statement("s-fell", "E1", "evidence", passages=(passage_at(TEXT, 38, 61),)),
        statement("s-adapt", "A1", "assumption"),
    ]
    inferences = [
        inference("i-fell", "I1", ["s-fell", "s-adapt"], "s-toll"),
        inference("i-toll", "I2", ["s-toll"], "s-stay"),
        inference("i-under", "I3", ["s-stay"], "i-fell", "opposes"),
    ]
    reports = Source("reports", "Reports", "vague")
    said = Attribution("at-1", "s-fell", "vague_report", ("reports",), "Reports say", 26)
    rated = rating("r-1", "s-toll", "directness", 1)
    return with_all(
        statements,
        inferences,
        sources={reports.id: reports},
        attributions={said.id: said},
        ratings={rated.id: rated},
    )


def everything_of(argument_map: ArgumentMap) -> Operation:
    """Return the operation that adds the whole of *argument_map* to a database."""
    entities = [
        argument_map.document,
        *argument_map.sources.values(),
        *argument_map.statements.values(),
        *argument_map.inferences.values(),
        *argument_map.attributions.values(),
        *argument_map.ratings.values(),
        *argument_map.credibilities.values(),
    ]
    return Operation("added everything", tuple(Change(None, e) for e in entities))  # type: ignore[arg-type]  # a mixed list


def with_cited_sources(argument_map: ArgumentMap) -> ArgumentMap:
    """Return *argument_map* with the sources that a load includes, and no others."""
    cited = [s for a in argument_map.attributions.values() for s in a.chain]
    known = argument_map.sources
    for id_ in cited:
        near = [*known[id_].derives_from, *known[id_].same_origin]
        near += [s.id for s in known.values() if id_ in s.same_origin]
        cited += [other for other in near if other not in cited]
    return evolve(argument_map, sources={id_: known[id_] for id_ in cited})


@define
class Picks:
    """A series of numbers, each of which chooses one of the current options."""

    numbers: list[int]

    def of(self, choices: Sequence[T]) -> T:
        if not choices:
            message = "there is nothing to choose from"
            raise EditError(message)
        number = self.numbers.pop()
        return choices[number % len(choices)]

    def some(self, choices: Sequence[T]) -> list[T]:
        return [self.of(choices) for _ in range(self.of((1, 1, 2, 3)))]


@frozen
class Step:
    """One random edit, whose effect depends on the map."""

    verb: str
    words: str
    numbers: tuple[int, ...]

    def operation(self, argument_map: ArgumentMap, fresh: str) -> Operation | None:
        """Return the step's operation on *argument_map*; None if refused or without effect."""
        picks = Picks(list(self.numbers))
        try:
            operation = _VERBS[self.verb](argument_map, picks, self.words, fresh)
        except (EditError, ModelError):
            return None
        return operation if operation.changes else None


def _added(m: ArgumentMap, picks: Picks, words: str, fresh: str) -> Operation:
    start = picks.of(range(len(m.document.text)))
    passage = passage_at(m.document.text, start, picks.of(range(start, len(m.document.text))) + 1)
    if picks.of((True, False)):
        return edit.add_statement(m, fresh, picks.of(KINDS), words, [passage])
    return edit.add_statement(m, fresh, picks.of(KINDS), words)


def _changed(m: ArgumentMap, picks: Picks, words: str, _: str) -> Operation:
    id_ = picks.of(sorted(m.statements))
    item = picks.of([None, *sorted(m.statements)])
    places = tuple(passage_at(m.document.text, n, n + 4) for n in picks.some(range(60)))
    values: list[dict[str, object]] = [
        {"passages": places},
        {"text": words}, {"note": words}, {"tags": (words, "more")}, {"label": words[:9]},
        {"nature": picks.of(NATURES)}, {"main_item": item}, {"stated": picks.of((True, False))},
        {"order": picks.of((None, 1, 2, 2**53))},
    ]  # fmt: skip
    return edit.change_statement(m, id_, **picks.of(values))


def _main(m: ArgumentMap, picks: Picks, _: str, __: str) -> Operation:
    return edit.set_main_claim(m, picks.of([None, *sorted(m.statements)]))


def _removed(m: ArgumentMap, picks: Picks, _: str, __: str) -> Operation:
    return edit.remove_statement(m, picks.of(sorted(m.statements)))


def _linked(m: ArgumentMap, picks: Picks, _: str, fresh: str) -> Operation:
    premises = picks.some(sorted(m.statements))
    conclusion = picks.of([*sorted(m.statements), *sorted(m.inferences)])
    return edit.link(m, fresh, premises, conclusion, picks.of(STANCES))


def _relinked(m: ArgumentMap, picks: Picks, words: str, _: str) -> Operation:
    return edit.change_inference(
        m,
        picks.of(sorted(m.inferences)),
        premises=picks.of((None, picks.some(sorted(m.statements)))),
        conclusion=picks.of((None, *sorted(m.statements), *sorted(m.inferences))),
        stance=picks.of((None, *STANCES)),
        note=picks.of((None, "", words)),
    )


def _unlinked(m: ArgumentMap, picks: Picks, _: str, __: str) -> Operation:
    return edit.remove_inference(m, picks.of(sorted(m.inferences)))


def _sourced(m: ArgumentMap, picks: Picks, words: str, fresh: str) -> Operation:
    origins = picks.of(((), tuple(sorted(set(picks.some(["", *m.sources])) - {""}))))
    return edit.add_source(m, Source(fresh, words, "person", derives_from=origins))


def _attributed(m: ArgumentMap, picks: Picks, words: str, fresh: str) -> Operation:
    new = Source(f"{fresh}-source", words, "unnamed", same_origin=tuple(sorted(m.sources)[:1]))
    with_new = picks.of((True, False))
    known = [new.id] if with_new else sorted(m.sources)
    start = picks.of((None, 0, 26))
    cue = None if start is None else m.document.text[start : start + 5]
    attribution = Attribution(
        fresh, picks.of(sorted(m.statements)), "unnamed_role", tuple(picks.some(known)), cue, start
    )
    return edit.attribute(m, attribution, [new] if with_new else [])


def _unattributed(m: ArgumentMap, picks: Picks, _: str, __: str) -> Operation:
    return edit.remove_attribution(m, picks.of(sorted(m.attributions)))


def _rated(m: ArgumentMap, picks: Picks, words: str, fresh: str) -> Operation:
    answer: Answer = picks.of((0, 1, 2, 3, 4, 5, *STATES))
    criterion, who = picks.of(list(RUBRIC.criteria)), picks.of(("amy", words))
    return edit.rate(m, [rating(fresh, picks.of(sorted(m.statements)), criterion, answer, who)])


_VERBS: dict[str, Callable[[ArgumentMap, Picks, str, str], Operation]] = {
    "add": _added,
    "change": _changed,
    "main": _main,
    "remove": _removed,
    "link": _linked,
    "relink": _relinked,
    "unlink": _unlinked,
    "source": _sourced,
    "attribute": _attributed,
    "unattribute": _unattributed,
    "rate": _rated,
}

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
"""Text that can be stored: no U+0000 and no lone surrogate."""


def steps_of(*verbs: str) -> st.SearchStrategy[Step]:
    """Return edits, each by one of *verbs*."""
    return st.builds(
        Step, st.sampled_from(sorted(verbs)), texts, st.tuples(*[st.integers(0, 255)] * 14)
    )


steps = steps_of(*_VERBS)
"""Edits, each by one verb."""


def edited(steps_: Iterable[Step], first: ArgumentMap | None = None) -> ArgumentMap:
    """Return the result of *steps_* on *first*, or on the small map."""
    argument_map = small_map() if first is None else first
    for number, step in enumerate(steps_):
        operation = step.operation(argument_map, f"new-{number}")
        argument_map = argument_map if operation is None else argument_map.apply(operation)
    return argument_map
