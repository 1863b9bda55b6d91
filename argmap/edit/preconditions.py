"""Check edits: the entities that they name must exist, and no rule may be broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.errors import EditError
from argmap.model.map import supports_directly
from argmap.model.older_rows import LINKS, self_links
from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.document import Passage
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from argmap.model.vocabulary import Answer, Stance


def find_statement(argument_map: ArgumentMap, id_: str) -> Statement:
    """Return the statement with the id or label *id_*.

    Raises:
        EditError: there is none.
    """
    found = argument_map.statements.get(id_) or argument_map.by_label.get(id_)
    if not isinstance(found, Statement):
        message = f"there is no statement {id_!r} in {argument_map.document.id}"
        raise EditError(message)
    return found


def find_inference(argument_map: ArgumentMap, id_: str) -> Inference:
    """Return the inference with the id or label *id_*.

    Raises:
        EditError: there is none.
    """
    found = argument_map.inferences.get(id_) or argument_map.by_label.get(id_)
    if not isinstance(found, Inference):
        message = f"there is no inference {id_!r} in {argument_map.document.id}"
        raise EditError(message)
    return found


def find_target(argument_map: ArgumentMap, name: str) -> Statement | Inference:
    """Return the statement or inference with the id or label *name*.

    Raises:
        EditError: there is none.
    """
    found: Statement | Inference | None = argument_map.statements.get(name)
    found = found or argument_map.inferences.get(name) or argument_map.by_label.get(name)
    if found is None:
        message = f"there is no statement or inference {name!r} in {argument_map.document.id}"
        raise EditError(message)
    return found


def premise_ids(argument_map: ArgumentMap, names: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the statements called *names*, sorted, each once."""
    return tuple(sorted({find_statement(argument_map, name).id for name in names}))


def is_evidence(argument_map: ArgumentMap, id_: str) -> bool:
    """Return whether *id_* is the id of evidence on the map."""
    found = argument_map.statements.get(id_)
    return found is not None and found.kind == "evidence"


def check_main_item(argument_map: ArgumentMap, claim: Statement) -> None:
    """Check that the main item of *claim*, if any, is evidence that supports the claim directly.

    Raises:
        EditError: the main item is not such evidence.
    """
    item = claim.main_item
    if item is None:
        return
    if not is_evidence(argument_map, item):
        message = f"the main item of {claim.label} must be evidence of the same document"
        raise EditError(message)
    if not supports_directly(argument_map, item, claim.id):
        label = argument_map.statements[item].label
        message = f"{label} does not support {claim.label}; link it first, or choose another item"
        raise EditError(message)


def check_passages(argument_map: ArgumentMap, passages: Iterable[Passage]) -> None:
    """Check that the words of *passages* equal the document's text at their offsets.

    Raises:
        EditError: the text has other words there.
    """
    text = argument_map.document.text
    for passage in passages:
        if text[passage.start : passage.end] != passage.words:
            message = f"the text at {passage.start} does not read {passage.words!r}"
            raise EditError(message)


def check_answer(rubric: Rubric, criterion: str, answer: Answer) -> None:
    """Check that *rubric* has the criterion, and that *answer* is one of its levels or states.

    Raises:
        EditError: the rubric has no such criterion, or the criterion no such answer.
    """
    fault = rubric.answer_fault(criterion, answer)
    if fault:
        raise EditError(str(fault))


def check_id_is_free(argument_map: ArgumentMap, id_: str) -> None:
    """Check that no entity of the map has the id *id_*.

    Raises:
        EditError: the id is taken.
    """
    homes = (
        argument_map.statements, argument_map.inferences, argument_map.sources,
        argument_map.attributions, argument_map.ratings, argument_map.reliabilities,
        argument_map.credibilities,
    )  # fmt: skip
    if id_ == argument_map.document.id or any(id_ in home for home in homes):
        message = f"the id {id_!r} is taken; choose another"
        raise EditError(message)


def check_stance(
    argument_map: ArgumentMap,
    premises: tuple[str, ...],
    conclusion: str,
    stance: Stance,
    besides: str = "",
) -> None:
    """Check that *premises* would not both support and oppose *conclusion*.

    Args:
        argument_map: The map.
        premises: Ids of statements, sorted.
        conclusion: The id of a statement or inference.
        stance: The stance of the new or changed inference.
        besides: The id of an inference to ignore: the one that is being changed.

    Raises:
        EditError: another inference has the same premises and the opposite stance.
    """
    for other in argument_map.inferences_to.get(conclusion, ()):
        if other.premises == premises and other.id != besides and other.stance != stance:
            message = (
                f"{other.label} {other.stance} it with the same premises; remove that link first"
            )
            raise EditError(message)


def check_kind(argument_map: ArgumentMap, statement: Statement) -> None:
    """Check that *statement*, with a new kind, still suits its ratings and the claims that use it.

    Raises:
        EditError: the statement is a claim's main item and would no longer be evidence, or it is
            rated under a rubric that is not for its new kind.
    """
    leaning = argument_map.claims_by_main_item.get(statement.id)
    if leaning and statement.kind != "evidence":
        message = f"{statement.label} must stay evidence: it is the main item of {leaning[0].label}"
        raise EditError(message)
    for rating in argument_map.ratings_of.get(statement.id, ()):
        rubric = argument_map.rubrics.get((rating.rubric, rating.version))
        if rubric is not None and not rubric.applies(statement):
            what = " and ".join(rubric.applies_to)
            message = f"{statement.label} has ratings under {rubric.id}, which is only for {what}"
            raise EditError(message)


def check_one_answer_each(ratings: Iterable[Rating]) -> None:
    """Check that no assessor answers a criterion twice: argmap cannot know which answer counts.

    Raises:
        EditError: a criterion is answered twice.
    """
    seen: set[tuple[str, ...]] = set()
    for rating in ratings:
        key = (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)
        if key in seen:
            message = f"{rating.criterion} is answered twice; give one answer"
            raise EditError(message)
        seen.add(key)


def check_self_links(source: Source, before: Source | None = None) -> None:
    """Check that *source* does not refer to itself, unless it did so *before*.

    Raises:
        EditError: the source refers to itself.
    """
    known = self_links(before) if before else ()
    for key in self_links(source):
        if key not in known:
            message = f"{source.name}: a source never {LINKS[key]} itself"
            raise EditError(message)
