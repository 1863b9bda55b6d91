"""Markdown: the map as people read it, and as argmap reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.formats import markdown_syntax as form
from argmap.formats.double_spaces import find_double_spaces
from argmap.formats.markdown_syntax import line, prose, quoted
from argmap.formats.registry import ExportFormat
from argmap.text.display import counted, excerpt

from .computed.admiralty import pairs_section
from .computed.agreement import agreement_section
from .computed.claims_table import claims_table
from .computed.coverage import coverage_section, ratings_line
from .computed.dependence import dependence_section
from .computed.findings import findings_section
from .computed.flips import flips_section
from .computed.heat import heat_section
from .context import MapContext, build_context
from .mermaid import draw_map
from .sections import (
    document_section,
    inference_section,
    rubric_section,
    source_section,
    statement_section,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats.bundle import Bundle
    from argmap.model.map import ArgumentMap

DISCLAIMER: Final = "Grades describe the support and attribution shown, not truth."
_MOST_ARGUED: Final = 200
"""The most code points of the main claim at the head of the file."""

_COMPUTED: Final = (
    coverage_section,
    findings_section,
    heat_section,
    flips_section,
    dependence_section,
    pairs_section,
    agreement_section,
)
"""The parts between the table of claims and the map, in order; reading skips them."""


def _write(bundle: Bundle) -> Iterator[str]:
    for argument_map in bundle.maps:
        yield from _write_file(build_context(argument_map))


def _summarise(bundle: Bundle) -> Iterator[str]:
    for argument_map in bundle.maps:
        yield from _write_file(build_context(argument_map, is_summary=True))


def _write_file(to: MapContext) -> Iterator[str]:
    """Yield the file of one map, part by part; the last ends in one newline."""
    argument_map = to.map
    yield _front_matter(to)
    yield f"\n# {line(argument_map.document.title)}\n"
    yield from _byline(argument_map)
    yield f"\n{_overview(argument_map)}\n"
    yield f"\n{' '.join([*ratings_line(to), DISCLAIMER])}\n"
    yield from claims_table(to)
    for section in _COMPUTED:
        yield from section(to)
    yield from _map_part(argument_map)
    for kind, title in form.KIND_TITLES.items():
        statements = [s for s in argument_map.ordered_statements if s.kind == kind]
        if statements:
            yield f"\n## {title}\n"
        # Rated claims first, as people look for grades. Labels are explicit: order means nothing.
        for statement in sorted(statements, key=lambda s: (s.id not in to.graded, not s.main)):
            yield statement_section(to, statement)
    yield inference_section(to)
    yield document_section(to)
    if to.numbers:
        yield f"\n## {form.SOURCES}\n"
    for source in to.numbers:
        yield source_section(to, argument_map.sources[source])
    yield rubric_section(to)
    if not to.is_summary:
        yield from _text_part(argument_map.document.text)


def _front_matter(to: MapContext) -> str:
    document = to.map.document
    rows = [("argmap", form.VERSION)]
    for key in ("id", "title", "author", "publisher", "published", "url", "language"):
        value = getattr(document, key)
        if value is not None:
            rows.append((key, value))
    rows.append(("sha256", document.sha256))
    if to.is_summary:
        rows.append(("summary", form.SUMMARY))
    else:
        body = document.text
        rows.append(("paragraphs", form.BY_BLANK_LINES if "\n\n" in body else form.BY_LINES))
        if _has_final_newline(body):
            rows.append(("final_newline", "yes"))
        # Last, because it can be long: a file is recognised by the keys in its first bytes.
        if places := find_double_spaces(body):
            rows.append(("double_spaces", places))
    return "---\n" + "".join(f"{key}: {quoted(value)}\n" for key, value in rows) + "---\n"


def _byline(argument_map: ArgumentMap) -> Iterator[str]:
    document = argument_map.document
    about = [document.author, document.publisher, document.published]
    parts = [line(part) for part in about if part]
    if parts:
        yield f"\n{' · '.join(parts)}\n"


def _overview(argument_map: ArgumentMap) -> str:
    """Return the main claim and the size of the map."""
    kinds = [s.kind for s in argument_map.statements.values()]
    if not kinds:
        return "The map is empty."
    evidence = counted(kinds.count("evidence"), "item")
    main = argument_map.main_claim
    argued = line(excerpt(main.text, _MOST_ARGUED)) if main else "none"
    ended = argued if argued.endswith((".", "!", "?", "…")) else f"{argued}."
    return (
        f"Main claim: {ended} The map has"
        f" {counted(kinds.count('claim'), 'claim')}, {evidence} of evidence and"
        f" {counted(kinds.count('assumption'), 'assumption')}, joined by"
        f" {counted(len(argument_map.inferences), 'inference')}."
    )


def _map_part(argument_map: ArgumentMap) -> Iterator[str]:
    if not argument_map.statements:
        return
    source, left_out = draw_map(argument_map)
    yield f"\n## Map\n\n```mermaid\n{source}```\n"
    if left_out:
        verb = "is" if left_out == 1 else "are"
        yield f"\n{counted(left_out, 'inference')} {verb} not drawn.\n"


def _text_part(text: str) -> Iterator[str]:
    yield f"\n## {form.TEXT}\n"
    parting = "\n\n" if "\n\n" in text else "\n"
    body = text[:-1] if _has_final_newline(text) else text
    for paragraph in body.split(parting):
        yield f"\n{prose(paragraph, is_op_ed=True)}\n"


def _has_final_newline(text: str) -> bool:
    """Return whether *text* ends as files usually do, in exactly one newline."""
    return text.endswith("\n") and not text.endswith("\n\n")


FORMAT: Final = ExportFormat("markdown", "Markdown", ".md", _write, summarise=_summarise)
