"""Commands that judge: `rate` and `rubrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from argmap.cli.context import JSON, assessor, existing, reading, rubric_in, tell_left_out
from argmap.cli.output import say, show, show_json
from argmap.errors import InputError
from argmap.folders import rubrics_folder

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from argmap.model.words import Answer


@click.command()
@click.argument("document")
@click.argument("statement")
@click.argument("answers", nargs=-1, required=True, metavar="CRITERION=LEVEL…")
@click.option(
    "--rubric", "named", metavar="ID, ID@VERSION or FILE",
    help="Default: evidence-attribution, the newest version. A rubric in a file is kept.",
)  # fmt: skip
@click.option("--assessor", "who", metavar="NAME")
@click.option("--because", metavar="TEXT", help="The reason, for each of the answers.")
@click.pass_context
def rate(
    context: click.Context,
    document: str,
    statement: str,
    answers: tuple[str, ...],
    *,
    named: str | None,
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

    with existing(context) as store, store.writing():
        id_ = document_named(store, document)
        rubric = rubric_in(store, named)
        argument_map = load_map(store, id_)
        target = statement_with(argument_map, statement)
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
    say(f"rated {target.label} as {name} under {rubric.id} {rubric.version}")
    return 0


def _answer_from(text: str) -> tuple[str, Answer]:
    """Return the criterion and answer of `criterion=answer`."""
    from argmap.model.words import STATES

    criterion, equals, word = text.rpartition("=")
    if equals and word.isascii() and word.isdecimal() and len(word) < 4:  # noqa: PLR2004  (levels are small)
        return criterion, int(word)
    for state in STATES:
        if equals and word == state:
            return criterion, state
    message = f"{text!r} is not CRITERION=LEVEL; a level is a number or one of {', '.join(STATES)}"
    raise InputError(message)


@click.command()
@click.argument("rubric", required=False, metavar="[ID, ID@VERSION or FILE]")
@JSON
@click.pass_context
def rubrics(context: click.Context, rubric: str | None, *, as_json: bool) -> None:
    """List the rubrics, show one in words, or check a file.

    Your own are TOML files in the folder `rubrics` beside config.toml.
    """
    from store import home_of, offer
    from store import rubrics as known

    with reading(context) as store:
        if rubric is not None:
            found = [rubric_in(store, rubric)]
        else:
            tell_left_out(offer(store, rubrics_folder()))
            found = [r for _, r in sorted(known(store).items())]
        homes = [home_of(store, each) for each in found]
    if as_json:
        records = [_in_json(*each) for each in zip(found, homes, strict=True)]
        show_json(records if rubric is None else records[0])
    elif rubric is None:
        for each, home in zip(found, homes, strict=True):
            show(f"{each.id} {each.version}  {each.title}  {len(each.criteria)} criteria, {home}")
    else:
        _show_rubric(found[0])


def _in_json(rubric: Rubric, home: str) -> dict[str, Any]:
    from argmap.records.rubric import rubric_hash
    from argmap.records.writing import record_from_rubric

    return record_from_rubric(rubric) | {"sha256": rubric_hash(rubric), "kept": home}


def _show_rubric(rubric: Rubric) -> None:
    from argmap.claim_grades import rule_in_words
    from argmap.records.rubric import rubric_hash

    show(f"{rubric.title} ({rubric.id} {rubric.version}, {rubric_hash(rubric)[:12]})")
    for sentence in rubric.instructions:
        show(f"  {sentence}")
    for block in rubric.blocks:
        show("")
        show(f"{block.title} ({block.id})")
        for criterion in block.criteria:
            show("")
            show(f"  {criterion.title} ({criterion.id}), weight {criterion.weight:g}")
            for level, sentence in enumerate(criterion.levels):
                show(f"    {level}  {sentence}")
        show("")
        for cap in block.caps:
            show(f"  {cap.band} at most, where {cap.criterion} is {cap.at_most} or less")
    for rule in rubric.implies:
        what = ", ".join(rule.not_applicable) or rule.not_applicable_block
        show(f"  Where {rule_in_words(rule)}, not applicable: {what}")


COMMANDS = (rate, rubrics)
