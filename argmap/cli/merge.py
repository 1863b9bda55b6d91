"""The command `merge`: merge another database into this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import asdict

from argmap.text.display import counted

from ._context import JSON, database_path, path_to_write
from ._output import say, say_first, show_json
from ._progress import say_that_others_wait
from ._source_lines import TO_MERGE, group_line

if TYPE_CHECKING:
    from store.merge import MergeReport

_MOST_SAID = 20


@click.command()
@click.argument("other", metavar="OTHER", type=click.Path(path_type=Path, readable=False))
@click.option("--theirs", is_flag=True, help="Resolve conflicts with the values of OTHER.")
@click.option("--dry-run", is_flag=True, help="Compare the databases and write nothing.")
@JSON
@click.pass_context
def merge(
    context: click.Context, other: Path, *, theirs: bool, dry_run: bool, as_json: bool
) -> int:
    """Merge another argmap database, OTHER, into this one.

    Entities are matched by id. Those that are only in OTHER are added, and fields that
    only OTHER fills are filled in; fields that only you fill stay, also with --theirs.
    In a conflict your value stays, and the conflict is listed; OTHER is only read. One
    merge is one operation; merging again changes nothing. OTHER's history is not copied.
    """
    from argmap.host.clock import now
    from store.database import Watch
    from store.merge import MergeOptions, merge_database

    path = database_path(context) if dry_run else path_to_write(context)
    watch = Watch(lambda records: say_that_others_wait(path, records))
    merged = merge_database(path, other, MergeOptions(now(), theirs, dry_run), watch)
    if as_json:
        show_json(_in_json(merged))
    else:
        _report(merged, other, is_dry=dry_run)
        _advise_on_conflicts(merged, other, prefers_theirs=theirs)
    return 1 if merged.conflicts.total or merged.kept_out.total else 0


def _in_json(merged: MergeReport) -> dict[str, Any]:
    def listed(listing: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (of any attrs values)
        return [asdict(item) for item in listing.first]

    return {
        "read": merged.read,
        "added": merged.added,
        "updated": merged.updated,
        "unchanged": merged.unchanged,
        "taken": [_without_reason(item) for item in listed(merged.taken)],
        "taken_total": merged.taken.total,
        "conflicts": listed(merged.conflicts),
        "conflicts_total": merged.conflicts.total,
        "kept_out": listed(merged.kept_out),
        "kept_out_total": merged.kept_out.total,
        "relabelled": listed(merged.relabelled),
        "relabelled_total": merged.relabelled.total,
        "same_names": [[source.id for source in group] for group in merged.same_names],
        "same_texts": [{"theirs": theirs, "mine": mine} for theirs, mine in merged.same_texts],
        "operation": merged.operation,
    }


def _without_reason(difference: dict[str, Any]) -> dict[str, Any]:
    """Return an adopted difference without the key `reason`, which is for conflicts."""
    return {key: value for key, value in difference.items() if key != "reason"}


def _report(merged: MergeReport, other: Path, *, is_dry: bool) -> None:
    """Print the totals in one line, then the first items of each kind."""
    would = "would be " if is_dry else ""
    parts = [
        f"{merged.added:,} {would}added",
        f"{merged.updated:,} {would}updated",
        f"{merged.unchanged:,} unchanged",
    ]
    if merged.conflicts.total:
        parts.append(counted(merged.conflicts.total, "conflict"))
    if merged.kept_out.total:
        parts.append(f"{merged.kept_out.total:,} left out")
    operation = f"; operation {merged.operation}" if merged.operation else ""
    say(f"{counted(merged.read, 'record')} in {other}: {', '.join(parts)}{operation}")
    taken = (
        f"{would}taken: {_name(t)}: {'; '.join(_gain(t.mine[k], t.theirs[k], k) for k in t.keys)}"
        for t in merged.taken.first
    )
    conflicts = (
        f"conflict: {_name(c)}: {'; '.join(_sides(c.mine[k], c.theirs[k], k) for k in c.keys)}"
        f"{f'; theirs cannot be taken: {c.reason}' if c.reason else ''}"
        for c in merged.conflicts.first
    )
    kept_out = (f"left out: {_name(k)}: {k.reason}" for k in merged.kept_out.first)
    relabelled = (
        f"{r.document}: their {r.theirs} is {r.mine or 'labelled differently'} here"
        for r in merged.relabelled.first
    )
    say_first(taken, merged.taken.total, _MOST_SAID)
    say_first(conflicts, merged.conflicts.total, _MOST_SAID)
    say_first(kept_out, merged.kept_out.total, _MOST_SAID)
    say_first(relabelled, merged.relabelled.total, _MOST_SAID)
    _name_duplicates(merged)


def _advise_on_conflicts(merged: MergeReport, other: Path, *, prefers_theirs: bool) -> None:
    """Explain the outcome of conflicts, and how to resolve those that can be resolved."""
    if not merged.conflicts.total:
        return
    line = f"conflicts keep your values here, and {other} is unchanged"
    can_end = any(conflict.reason is None for conflict in merged.conflicts.first)
    say(line if prefers_theirs or not can_end else f"{line}; --theirs takes those of {other}")


def _name_duplicates(merged: MergeReport) -> None:
    """Name possible duplicates with different ids."""
    texts = (f"same text: {theirs} of theirs, {mine} here" for theirs, mine in merged.same_texts)
    say_first(texts, len(merged.same_texts), _MOST_SAID)
    say_first(map(group_line, merged.same_names), len(merged.same_names), _MOST_SAID)
    if merged.same_names:
        say(TO_MERGE)


def _name(what: Any) -> str:  # noqa: ANN401  (a conflict, or an entity left out)
    label = f" {what.label}" if what.label else ""
    return f"{what.type}{label} ({what.id})"


def _sides(mine: object, theirs: object, key: str) -> str:
    return f"{key} is {_format_value(mine)} here, {_format_value(theirs)} there"


def _gain(mine: object, theirs: object, key: str) -> str:
    instead = "" if mine is None else f" instead of {_format_value(mine)}"
    return f"{key} {_format_value(theirs)}{instead}"


def _format_value(value: object) -> str:
    from argmap.records.encode import json_text

    if value is None:
        return "nothing"
    return repr(value) if isinstance(value, str) else json_text(value)
