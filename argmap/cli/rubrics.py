"""The command `rubrics`: list the rubrics, show one, or check a rubric file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from argmap.host.folders import rubrics_folder

from ._context import JSON, reading, rubric_in, say_ignored_rubrics
from ._output import show, show_json

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric


@click.command()
@click.argument("rubric", required=False, metavar="[ID, ID@VERSION or FILE]")
@JSON
@click.pass_context
def rubrics(context: click.Context, rubric: str | None, *, as_json: bool) -> None:
    """List the rubrics, show one, or check a rubric file.

    Your own rubrics are TOML files in the folder `rubrics` next to config.toml.
    """
    from store.queries import locate_rubric, offer_rubrics
    from store.rows import rubrics as known

    with reading(context) as store:
        if rubric is not None:
            found = [rubric_in(store, rubric)]
        else:
            say_ignored_rubrics(offer_rubrics(store, rubrics_folder()))
            found = [r for _, r in sorted(known(store).items())]
        homes = [locate_rubric(store, each) for each in found]
    if as_json:
        records = [_in_json(*each) for each in zip(found, homes, strict=True)]
        show_json(records if rubric is None else records[0])
    elif rubric is None:
        for each, home in zip(found, homes, strict=True):
            show(f"{each.id} {each.version}  {each.title}  {len(each.criteria)} criteria, {home}")
    else:
        _show_rubric(found[0])


def _in_json(rubric: Rubric, home: str) -> dict[str, Any]:
    from argmap.records.encode import record_from_rubric
    from argmap.records.rubric import rubric_hash

    return record_from_rubric(rubric) | {"sha256": rubric_hash(rubric), "kept": home}


def _show_rubric(rubric: Rubric) -> None:
    from argmap.analysis.grade_report import describe_rule
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
            show(f"  At most {cap.band} if {cap.criterion} is {cap.at_most} or less")
    for rule in rubric.implies:
        what = ", ".join(rule.not_applicable) or rule.not_applicable_block
        show(f"  If {describe_rule(rule)}, not applicable: {what}")
