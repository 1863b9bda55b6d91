"""What the summary says of the judging and of the sources; reading passes it over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from argmap.grading import NOT_ASSESSED, NOT_GRADABLE
from argmap.markdown_form import line, name
from argmap.model.map import other_versions
from argmap.provenance.trails import is_identified, is_observed
from argmap.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.exports._written import Written
    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.words import SourceKind

_MOST_LABELS: Final = 40
"""Labels that are named; the rest are counted."""

_DAY: Final = 10
"""Characters of a time that are its day."""

_KINDS: Final[dict[SourceKind, tuple[str, str]]] = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "document": ("document", "documents"),
    "outlet": ("outlet", "outlets"),
    "unnamed": ("unnamed voice", "unnamed voices"),
    "vague": ("vague voice", "vague voices"),
}
"""What one source of a kind is called, and several."""

_WHOM: Final = {
    "identified": "from an identified source",
    "author": "from what the author observed",
    "unknown": "from nobody in particular",
    "nobody": "from nobody named",
}


def judged_paragraphs(to: Written) -> Iterator[str]:
    """Yield how the claims graded by each assessor, and what was not judged."""
    argument_map = to.map
    claims = [s for s in argument_map.ordered_statements if s.kind == "claim"]
    if not claims:
        return
    unjudged = [s.label for s in claims if s.id not in argument_map.ratings_of]
    if len(unjudged) == len(claims):
        yield "No claim was judged."
        return
    if to.rubric is not None:
        told = " ".join([*_grades(to, to.rubric), *_other_versions(argument_map, to.rubric)])
        yield from [told] if told else []
    limits = []
    if unjudged:
        verb = "was" if len(unjudged) == 1 else "were"
        limits.append(
            f"Of {counted(len(claims), 'claim')}, {len(unjudged):,} {verb} not judged:"
            f" {_listed([name(label) for label in unjudged])}."
        )
    else:
        limits.append("All claims were judged.")
    limits += _unanswered(argument_map)
    yield " ".join(limits)


def sources_paragraph(argument_map: ArgumentMap) -> Iterator[str]:
    """Yield who the evidence comes from, as a source summary statement.

    Source: ICD 206.
    """
    items = [s.id for s in argument_map.ordered_statements if s.kind == "evidence"]
    if not items:
        return
    counts = Counter(_from_whom(argument_map, id_) for id_ in items)
    words = [f"{counts[who]:,} {words}" for who, words in _WHOM.items() if counts[who]]
    whole = counted(len(items), "item")
    text = f"Where the evidence ({whole}) comes from: {_joined(words)}."
    if argument_map.sources:
        text += f" {_kinds(argument_map)} {_looked_at(argument_map)}"
    yield text


def _grades(to: Written, rubric: Rubric) -> Iterator[str]:
    """Yield how many claims have which grade by each assessor, the highest band first."""
    counts: dict[str, Counter[str]] = {}
    for by in to.grades.values():
        for who, found in by.items():
            counts.setdefault(who, Counter())[found.in_words(rubric)] += 1
    days: dict[str, list[str]] = {}
    for rating in to.map.ratings.values():
        if rating.at:
            days.setdefault(rating.assessor, []).append(rating.at[:_DAY])
    order = (*reversed(rubric.bands), NOT_ASSESSED, NOT_GRADABLE)
    for who, own in sorted(counts.items()):
        words = [f"{own[word]:,} {line(word)}" for word in order if own[word]]
        known = days.get(who)
        between = dict.fromkeys((min(known), max(known))) if known else ()
        when = f" ({' to '.join(map(line, between))})" if between else ""
        yield f"{line(who)} judged {counted(own.total(), 'claim')}{when}: {_joined(words)}."


def _other_versions(argument_map: ArgumentMap, rubric: Rubric) -> Iterator[str]:
    """Yield which answers are under other versions of *rubric*, and so not in its grades."""
    named = f"{name(rubric.id)} {name(rubric.version)}"
    for version, count in other_versions(argument_map, rubric).items():
        yield (
            f"{counted(count, 'answer')} under {name(rubric.id)} {name(version)}"
            f" {'is' if count == 1 else 'are'} not part of the grades under {named}."
        )


def _unanswered(argument_map: ArgumentMap) -> Iterator[str]:
    """Yield which questions somebody looked at and could not judge."""
    labels = {s.id: s.label for s in argument_map.ordered_statements}
    found = [
        f"{line(rating.criterion)} of {name(labels[id_])}"
        for id_ in labels
        for rating in argument_map.ratings_of.get(id_, ())
        if rating.answer == "cannot_judge"
    ]
    if found:
        yield f"Could not be judged: {_listed(found)}."


def _from_whom(argument_map: ArgumentMap, item: str) -> str:
    """Return which of `_WHOM` an item comes from, the first that fits any attribution of it."""
    attributions = argument_map.attributions_of.get(item, ())
    voices = [argument_map.sources[a.chain[-1]] for a in attributions if a.chain]
    if any(map(is_identified, voices)):
        return "identified"
    if any(map(is_observed, attributions)):
        return "author"
    return "unknown" if voices else "nobody"


def _kinds(argument_map: ArgumentMap) -> str:
    kinds = Counter(source.kind for source in argument_map.sources.values())
    words = [
        f"{kinds[k]:,} {several if kinds[k] > 1 else one}"
        for k, (one, several) in _KINDS.items()
        if kinds[k]
    ]
    whole = counted(len(argument_map.sources), "source")
    return f"The map names {whole}: {_joined(words)}."


def _looked_at(argument_map: ArgumentMap) -> str:
    """Return how many sources and items were judged by themselves, and how many opened."""
    letters, numbers = len(argument_map.reliabilities_of), len(argument_map.credibilities_of)
    opened = sum(a.accessed is not None for a in argument_map.attributions.values())
    return (
        f"Reliability was judged for {letters:,} of them, credibility for"
        f" {counted(numbers, 'item')}; {f'{opened:,}' if opened else 'no'} attribution"
        f"{'' if opened < 2 else 's'} {'say' if opened > 1 else 'says'} when a source was opened."  # noqa: PLR2004
    )


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _listed(words: Sequence[str]) -> str:
    rest = len(words) - _MOST_LABELS
    return ", ".join(words[:_MOST_LABELS]) + (f" and {rest:,} more" if rest > 0 else "")
