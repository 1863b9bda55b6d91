"""The command `rate`: rate a statement by criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from argmap.errors import InputError
from argmap.host.assessor import resolve_assessor

from ._context import open_existing, rubric_in
from ._output import say

if TYPE_CHECKING:
    from argmap.model.vocabulary import Answer


@click.command()
@click.argument("document")
@click.argument("statement")
@click.argument("answers", nargs=-1, required=True, metavar="CRITERION=LEVEL…")
@click.option(
    "--rubric", "named", metavar="ID, ID@VERSION or FILE",
    help="Default: the newest evidence-attribution. A rubric file is saved in the database.",
)  # fmt: skip
@click.option(
    "--assessor",
    "who",
    metavar="NAME",
    help="Default: $ARGMAP_ASSESSOR, else your settings, else your login name.",
)
@click.option("--because", metavar="TEXT", help="Reason, recorded with each answer.")
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
    """Rate a statement: a level for each criterion.

    LEVEL is a number, `not_rated`, `cannot_judge` or `not_applicable`.
    """
    from argmap.edit.preconditions import find_statement
    from argmap.edit.verbs import rate as rate_
    from argmap.host.clock import now
    from argmap.model.rating import Rating
    from argmap.records.ids import rating_id
    from store import apply, document_named, load_map

    with open_existing(context) as store, store.writing():
        id_ = document_named(store, document)
        rubric = rubric_in(store, named)
        argument_map = load_map(store, id_)
        target = find_statement(argument_map, statement)
        name, at = resolve_assessor(who), now()
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
            for criterion, answer in map(_answer_from_text, answers)
        ]
        operation = rate_(argument_map, ratings)
        apply(store, operation, at)
    say(f"rated {target.label} as {name} under {rubric.id} {rubric.version}")
    return 0


def _answer_from_text(text: str) -> tuple[str, Answer]:
    """Return the criterion and the answer of `CRITERION=LEVEL`."""
    from argmap.model.vocabulary import STATES

    criterion, equals, word = text.rpartition("=")
    if equals and word.isascii() and word.isdecimal() and len(word) < 4:  # noqa: PLR2004  (levels are small)
        return criterion, int(word)
    for state in STATES:
        if equals and word == state:
            return criterion, state
    message = f"{text!r} is not CRITERION=LEVEL; a level is a number or one of {', '.join(STATES)}"
    raise InputError(message)
