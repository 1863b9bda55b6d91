"""The sections of the Markdown, one for each statement and source. Each fact is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import code, json_block, line, name, prose
from argmap.records.encode import json_text, record_from_rubric
from argmap.records.ids import MADE
from argmap.records.rubric import rubric_hash
from argmap.rubrics import shipped_rubrics

from .computed.origins import origins_group
from .context import sort_stably
from .ratings import credibility_group, rating_groups, reliability_group
from .tables import list_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.rubric import Rubric
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Inference, Statement

    from .context import MapContext

LONGEST_HEADING: Final = 160
"""The longest statement, in code points, in a heading; a longer one is below its heading."""


def statement_section(to: MapContext, statement: Statement) -> str:
    """Return the section of *statement*: text, quotations, inferences, sources, ratings."""
    is_short = len(statement.text) <= LONGEST_HEADING and "\n" not in statement.text
    heading = f"### {name(statement.label)}"
    parts = [f"{heading} · {line(statement.text)}" if is_short else heading]
    parts += [] if is_short else [prose(statement.text)]
    parts += [_quotation(to, statement, n) for n in range(len(statement.passages))]
    parts += bullets(_statement_fields(to, statement))
    parts += _inference_groups(to, statement)
    parts += origins_group(to, statement.id) if statement.kind == "claim" else []
    parts += _attributions_group(to, statement)
    parts += rating_groups(to, to.map.ratings_of.get(statement.id, ()), statement)
    parts += credibility_group(to.map.credibilities_of.get(statement.id, ()))
    return "".join(f"\n{part}\n" for part in parts)


def inference_section(to: MapContext) -> str:
    """Return the part for inferences to inferences that lead to no statement; usually empty."""
    if not to.rootless:
        return ""
    items = "\n".join(_inference_item(to, inference, with_target=True) for inference in to.rootless)
    return f"\n## {form.INFERENCES}\n\n{items}\n"


def document_section(to: MapContext) -> str:
    """Return the part with the document's own ratings; empty if there are none."""
    groups = rating_groups(to, to.map.ratings_of.get(to.map.document.id, ()))
    if not groups:
        return ""
    return f"\n## {form.DOCUMENT}\n" + "".join(f"\n{part}\n" for part in groups)


def source_section(to: MapContext, source: Source) -> str:
    """Return the section of *source*: its data, the statements that cite it, and its ratings."""
    parts = [f"### {to.numbers[source.id]} · {line(source.name)}"]
    parts += bullets(_source_fields(to, source))
    if source.id in to.named_in:
        parts.append(f"Cited for {list_words(to.named_in[source.id])}.")
    parts += rating_groups(to, to.map.ratings_of.get(source.id, ()))
    parts += reliability_group(to.map.reliabilities_of.get(source.id, ()))
    return "".join(f"\n{part}\n" for part in parts)


def rubric_section(to: MapContext) -> str:
    """Return the rubrics of the ratings, in full if argmap does not ship them."""
    used = {(r.rubric, r.version) for r in to.map.ratings.values()}
    rubrics = [to.map.rubrics[key] for key in sorted(used)]
    if not rubrics:
        return ""
    parts = [_rubric_text(rubric, is_summary=to.is_summary) for rubric in rubrics]
    return f"\n## {form.RUBRICS}\n" + "".join(f"\n{part}\n" for part in parts)


def bullets(fields: Iterable[tuple[str, str | None]], indent: str = "") -> list[str]:
    """Return a list of *fields* as one part, or no part if there are none.

    A field is its key and its escaped value; None for a key alone.
    """
    rows = [f"{indent}- {k}" if value is None else f"{indent}- {k}: {value}" for k, value in fields]
    return ["\n".join(rows)] if rows else []


def _quotation(to: MapContext, statement: Statement, number: int) -> str:
    passage = statement.passages[number]
    paragraph = to.paragraph(passage.start)
    place = f"*¶ {paragraph}, characters {passage.start}–{passage.end}*"
    return f"> {prose(passage.words, '> ', is_op_ed=True)}\n>\n> {place}"


def _statement_fields(to: MapContext, statement: Statement) -> Iterator[tuple[str, str | None]]:
    if statement.main:
        yield "main claim", None
    if statement.nature:
        yield "nature", statement.nature
    if statement.main_item:
        yield "main item", to.label(statement.main_item)
    if statement.stated is not None and statement.stated != bool(statement.passages):
        yield "stated", "yes" if statement.stated else "no"
    yield from _order_field(statement)
    yield from (("tag", line(tag)) for tag in statement.tags)
    if statement.note is not None:
        yield "note", prose(statement.note, "  ")
    yield from id_field(statement.id)


def _order_field(entity: Statement | Inference) -> Iterator[tuple[str, str | None]]:
    if entity.order is not None:
        yield "order", str(entity.order)


def id_field(id_: str) -> Iterator[tuple[str, str | None]]:
    """Yield the field of an id that a caller chose."""
    if not id_.startswith(MADE):
        yield "id", name(id_)


def _inference_groups(to: MapContext, statement: Statement) -> list[str]:
    """Return the groups of inferences that lead to *statement*."""
    groups: dict[str, list[Inference]] = {form.FOR: [], form.ASSUMES: [], form.AGAINST: []}
    for inference in to.map.inferences_to.get(statement.id, ()):
        assumed = all(to.map.statements[p].kind == "assumption" for p in inference.premises)
        supporting = form.ASSUMES if assumed else form.FOR
        groups[supporting if inference.stance == "supports" else form.AGAINST].append(inference)
    parts = []
    for title, inferences in groups.items():
        parts += _titled_list(title, [_inference_item(to, inference) for inference in inferences])
    undercuts = to.roots.get(statement.id, ())
    parts += _titled_list(
        form.REASONING, [_inference_item(to, s, with_target=True) for s in undercuts]
    )
    return parts


def _titled_list(title: str, items: list[str]) -> list[str]:
    return [f"**{title}**", "\n".join(items)] if items else []


def _inference_item(to: MapContext, inference: Inference, *, with_target: bool = False) -> str:
    """Return the item of an inference: its premises in bold, then their words."""
    joined = " + ".join(to.label(premise) for premise in to.joined(inference))
    target = f" {inference.stance} {to.label(inference.conclusion)}" if with_target else ""
    words = "; ".join(to.words(premise) for premise in to.joined(inference))
    return "\n".join(
        [
            f"- **{name(inference.label)}: {joined}{target}** {words}",
            *bullets(_inference_fields(inference), "  "),
        ]
    )


def _inference_fields(inference: Inference) -> Iterator[tuple[str, str | None]]:
    if inference.scheme is not None:
        yield "scheme", prose(inference.scheme, "    ")
    yield from _order_field(inference)
    if inference.note is not None:
        yield "note", prose(inference.note, "    ")
    yield from id_field(inference.id)


def _attributions_group(to: MapContext, statement: Statement) -> list[str]:
    items = []
    for attribution in sort_stably(to.map.attributions_of.get(statement.id, ())):
        named = " → ".join(line(to.map.sources[id_].name) for id_ in attribution.chain)
        head = f"- **{to.chain(attribution)}**{f' {named}' if named else ''}"
        items.append("\n".join([head, *bullets(_attribution_fields(attribution), "  ")]))
    return _titled_list(form.ATTRIBUTED, items)


def _attribution_fields(attribution: Attribution) -> Iterator[tuple[str, str | None]]:
    yield "class", attribution.class_.replace("_", " ")
    rows: list[tuple[str, Any]] = [
        ("reporting words", attribution.cue),
        ("reporting words at", attribution.cue_start),
        ("access", attribution.access and attribution.access.replace("_", " ")),
        ("certainty in the text", attribution.text_certainty),
        ("certainty in the source", attribution.source_certainty),
        ("locator", attribution.locator),
        ("accessed", attribution.accessed),
        ("note", attribution.note),
    ]
    yield from ((key, prose(str(value), "    ")) for key, value in rows if value is not None)
    yield from id_field(attribution.id)


def _source_fields(to: MapContext, source: Source) -> Iterator[tuple[str, str | None]]:
    yield "kind", source.kind
    yield "id", name(source.id)
    for key in ("url", "description", "interest"):
        value = getattr(source, key)
        if value is not None:
            yield key, prose(value, "  ")
    for key, ids in (("derives from", source.derives_from), ("same origin", source.same_origin)):
        if ids:
            yield key, ", ".join(to.numbers[id_] for id_ in ids)


def _rubric_text(rubric: Rubric, *, is_summary: bool) -> str:
    called = f"{name(rubric.id)} {name(rubric.version)}"
    about = f"{line(rubric.title)}: {called}, {code(rubric_hash(rubric))}"
    if rubric in shipped_rubrics() or is_summary:
        return about
    block = msgspec.json.format(json_block(json_text(record_from_rubric(rubric))), indent=1)
    # A fence must be longer than any run of backticks in its content.
    fence = "`" * max(3, 1 + _longest_run(block))
    return f"{about}\n\n{fence}json\n{block}\n{fence}"


def _longest_run(text: str) -> int:
    """Return the length of the longest run of backticks in *text*."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
