"""The command `what-if`: the claims that fall without given sources or statements."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from argmap.text.display import counted

from ._context import JSON, graded_map, reading, say_other_ratings
from ._output import say, show, show_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.analysis.what_if import ClaimOutcome, WhatIf
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source
    from argmap.model.statement import Statement


@click.command("what-if")
@click.argument("document")
@click.argument("more", nargs=-1, metavar="")
@click.option(
    "--without", "names", metavar="ID…", multiple=True, required=True,
    help="Statements by label or id; sources by id, name or beginning of a name.",
)  # fmt: skip
@click.option("--rubric", "named", metavar="ID, ID@VERSION or FILE",
              help="Rubric of the grades. Default: as for `argmap grade`.")  # fmt: skip
@click.option(
    "--assessor", "who", metavar="NAME", help="Assessor. Default: the one with the most ratings."
)
@JSON
@click.pass_context
def what_if(
    context: click.Context,
    document: str,
    more: tuple[str, ...],
    names: tuple[str, ...],
    *,
    named: str | None,
    who: str | None,
    as_json: bool,
) -> None:
    """Show which claims fall without given sources or statements.

    The database is not changed.
    """
    from argmap.analysis.what_if import removable_with
    from argmap.analysis.what_if import what_if as suppose
    from store import document_named

    with reading(context) as store:
        id_ = document_named(store, document)
        argument_map, rubric = graded_map(store, id_, named)
    removed = dict.fromkeys(removable_with(argument_map, name) for name in (*names, *more))
    outcome = suppose(argument_map, removed, rubric, who)
    if as_json:
        show_json(_as_json(outcome, rubric))
    else:
        _show(argument_map, outcome, rubric)
    say_other_ratings(argument_map, rubric)


def _name(removed: Statement | Source) -> str:
    """Return a statement's label or a source's id."""
    return getattr(removed, "label", removed.id)


def _as_json(outcome: WhatIf, rubric: Rubric) -> dict[str, Any]:
    return {
        "removed": [_name(each) for each in outcome.removed],
        "dead": outcome.dead,
        "claims": [
            {
                "statement": each.claim.label,
                "id": each.claim.id,
                "assessor": each.assessor,
                "items_before": each.before.items,
                "items_after": each.after.items,
                "origins_before": each.before.n_min,
                "origins_after": each.after.n_min,
                "grade_before": each.grade_before.format(rubric),
                "grade_after": each.grade_after.format(rubric),
                "supported": each.is_supported,
                "main_item_died": each.main_item_died,
                "dead_answers": each.dead_answers,
            }
            for each in outcome.claims
        ],
        "same_origin": outcome.same_origin,
    }


def _show(argument_map: ArgumentMap, outcome: WhatIf, rubric: Rubric) -> None:
    show(f"Without {', '.join(map(_title, outcome.removed))}: {_describe_loss(outcome)}")
    changed = [each for each in outcome.claims if each.is_changed]
    for each in changed:
        show(_format_claim(each, rubric))
    rest = len(outcome.claims) - len(changed)
    if rest:
        say(f"{counted(rest, 'claim')} unchanged")
    if outcome.same_origin:
        show(_advise_on_origin(argument_map, outcome.same_origin))


def _describe_loss(outcome: WhatIf) -> str:
    """Return a clause about the loss, such as `E2, E3 and 3 links fall`."""
    parts = [", ".join(outcome.items)] if outcome.items else []
    parts += [counted(outcome.links, "link")] if outcome.links else []
    verb = "falls" if len(outcome.fallen) == 1 else "fall"
    return f"{' and '.join(parts)} {verb}" if parts else "nothing else falls"


def _advise_on_origin(argument_map: ArgumentMap, ids: Sequence[str]) -> str:
    """Return advice on further sources to remove, if they share an origin with one removed."""
    from argmap.analysis.what_if import removable_with

    sources = [argument_map.sources[id_] for id_ in ids]
    # Labels are looked up before ids: a source whose id is also a label needs its name.
    named = [s.id if removable_with(argument_map, s.id) is s else s.name for s in sources]
    options = " ".join(f"--without {quote(name)}" for name in named)
    verb = "shares an origin" if len(ids) == 1 else "share an origin"
    return f"{', '.join(s.name for s in sources)} {verb} with a removed source; add {options}"


def _title(removed: Statement | Source) -> str:
    return getattr(removed, "name", None) or _name(removed)


def _format_claim(each: ClaimOutcome, rubric: Rubric) -> str:
    """Return the line of a claim that is affected."""
    before, after = each.before.summary, each.after.summary
    grades = [g.format(rubric) for g in (each.grade_before, each.grade_after)]
    grade = " → ".join(dict.fromkeys(grades))
    losses = f"  ({each.losses})" if each.losses else ""
    left = after if each.is_supported else "no support"
    return f"{each.claim.label}  {before} → {left}  {grade}{losses}"
