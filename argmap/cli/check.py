"""The command `check`: list the findings of a document."""

from __future__ import annotations

import click

from argmap.text.display import counted

from ._context import JSON, reading
from ._output import say, show, show_json


@click.command()
@click.argument("document")
@click.option(
    "--fail-on", "level", type=click.Choice(["info", "warning", "error"]),
    help="Exit with code 1 if there is a finding of this severity or higher.",
)  # fmt: skip
@JSON
@click.pass_context
def check(context: click.Context, document: str, *, level: str | None, as_json: bool) -> int:
    """List findings: unsupported claims, single origins, circles."""
    from argmap.analysis.findings import SEVERITIES, findings
    from store import document_named, load_map
    from store.queries import find_copies_elsewhere

    with reading(context) as store:
        argument_map = load_map(store, document_named(store, document))
        found = list(findings(argument_map, find_copies_elsewhere(store, argument_map)))
    if as_json:
        show_json([
            {
                "rule": rule.id,
                "severity": rule.severity_of(each),
                "statements": list(each.labels),
                "message": each.message,
            }
            for rule, each in found
        ])  # fmt: skip
    else:
        for rule, each in found:
            show(f"{rule.severity_of(each):7}  {each.message}  ({rule.id})")
        say(counted(len(found), "finding"))
    bad = SEVERITIES[SEVERITIES.index(level) :] if level else ()
    return 1 if any(rule.severity_of(each) in bad for rule, each in found) else 0
