"""Commands that judge: `rate` and `rubrics`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli.context import JSON, assessor, existing, reading
from argmap.cli.output import say, show, show_json
from argmap.errors import InputError, RubricError

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.words import Answer


@click.command()
@click.argument("document")
@click.argument("statement")
@click.argument("answers", nargs=-1, required=True, metavar="CRITERION=LEVEL…")
@click.option("--rubric", "rubric_id", metavar="ID", default=None)
@click.option("--assessor", "who", metavar="NAME")
@click.option("--because", metavar="TEXT")
@click.pass_context
def rate(
    context: click.Context,
    document: str,
    statement: str,
    answers: tuple[str, ...],
    *,
    rubric_id: str | None,
    who: str | None,
    because: str | None,
) -> int:
    """Rate a claim: a level, `not_rated`, `cannot_judge` or `not_applicable` for each criterion."""
    from argmap.edit import rate as rate_
    from argmap.model.rating import Rating
    from argmap.records.identity import rating_id
    from argmap.refusals import statement_with
    from store import apply, document_named, load_map
    from store.clock import now

    with existing(context) as store:
        argument_map = load_map(store, document_named(store, document))
        target = statement_with(argument_map, statement)
        rubric = _rubric_for(argument_map, rubric_id)
        name, at = assessor(who), now()
        ratings = [
            Rating(
                id=rating_id(target.id, rubric.id, rubric.version, criterion, name),
                rubric=rubric.id,
                version=rubric.version,
                criterion=criterion,
                assessor=name,
                answer=answer,
                statement=target.id,
                because=because,
                at=at,
            )
            for criterion, answer in map(_answer_from, answers)
        ]
        operation = rate_(argument_map, ratings)
        apply(store, operation, at)
    say(f"{operation.label} as {name} under {rubric.id} {rubric.version}")
    return 0


def _rubric_for(argument_map: ArgumentMap, id_: str | None) -> Rubric:
    from argmap.model.map import newest_rubric
    from argmap.model.rubric import DEFAULT_RUBRIC

    found = newest_rubric(argument_map.rubrics.values(), id_ or DEFAULT_RUBRIC)
    if found is None:
        message = f"there is no rubric {id_!r}; argmap rubrics shows those there are"
        raise RubricError(message)
    return found


def _answer_from(text: str) -> tuple[str, Answer]:
    """Return the criterion and answer of `criterion=answer`."""
    from argmap.model.words import STATES

    criterion, equals, word = text.partition("=")
    if equals and word.isascii() and word.isdecimal() and len(word) < 4:  # noqa: PLR2004  (levels are small)
        return criterion, int(word)
    for state in STATES:
        if equals and word == state:
            return criterion, state
    message = f"{text!r} is not CRITERION=LEVEL; a level is a number or one of {', '.join(STATES)}"
    raise InputError(message)


@click.command()
@click.argument("rubric", required=False, metavar="[ID or FILE]")
@JSON
@click.pass_context
def rubrics(context: click.Context, rubric: str | None, *, as_json: bool) -> None:
    """List the rubrics, show one in words, or check a file."""
    from argmap.model.map import newest_rubric
    from argmap.records.rubric import rubric_from_toml
    from argmap.records.writing import record_from_rubric
    from store import rubrics as known

    with reading(context) as store:
        found = [r for _, r in sorted(known(store).items())]
    if rubric is not None:
        chosen = newest_rubric(found, rubric)
        if chosen is None and not Path(rubric).exists():
            message = (
                f"there is no rubric and no file {rubric!r}; argmap rubrics lists those there are"
            )
            raise RubricError(message)
        found = [chosen or rubric_from_toml(_toml(Path(rubric)), rubric)]
    if as_json:
        records = [record_from_rubric(r) for r in found]
        show_json(records if rubric is None else records[0])
    elif rubric is None:
        for each in found:
            show(f"{each.id} {each.version}  {each.title}  {len(each.criteria)} criteria")
    else:
        _show_rubric(found[0])


def _toml(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}"
        raise InputError(message) from error


def _show_rubric(rubric: Rubric) -> None:
    from argmap.records.rubric import rubric_hash

    show(f"{rubric.title} ({rubric.id} {rubric.version}, {rubric_hash(rubric)[:12]})")
    for sentence in rubric.instructions:
        show(f"  {sentence}")
    for block in rubric.blocks:
        show("")
        show(block.title)
        for criterion in block.criteria:
            show("")
            show(f"  {criterion.title} ({criterion.id}), weight {criterion.weight:g}")
            for level, sentence in enumerate(criterion.levels):
                show(f"    {level}  {sentence}")


COMMANDS = (rate, rubrics)
