"""Findings about single pieces of evidence: circular, misplaced or interested ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from argmap.analysis.provenance import direct_items
from argmap.model.map import supports_directly
from argmap.text.display import and_list, excerpt

from .finding import Case, Finding, Rule
from .links import supported_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.document import Passage
    from argmap.model.statement import Statement

_LONGEST_NAME: Final = 80
"""The most characters of a source's name in a message."""


def claim_as_evidence(case: Case) -> Iterator[Finding]:
    """Find claims with evidence whose only passages are those of the claim.

    The evidence supports the claim directly or through other statements.
    """
    claims = [s for s in case.claims if s.passages]
    evidence = _by_first_passage(s for s in case.statements if s.kind == "evidence")
    pairs = [
        (claim.id, item.id)
        for claim in claims
        for passage in dict.fromkeys(claim.passages)
        for item in evidence.get(passage, ())
        if set(item.passages) <= set(claim.passages)
    ]
    supported = set(supported_by(case.map, pairs))
    for pair in pairs:
        if pair in supported:
            claim_label, item = case.labels(pair)
            yield Finding(
                (claim_label, item),
                f"{item} supports {claim_label} and rests on exactly the same passage, so the claim"
                " is its own evidence",
                advice=f"link {item} to the passage with the evidence, or remove it",
            )


def main_item_elsewhere(case: Case) -> Iterator[Finding]:
    """Find claims whose main item is not a premise of any inference that supports them."""
    for claim in case.claims:
        item = claim.main_item
        if item is not None and not supports_directly(case.map, item, claim.id):
            label = case.label(item)
            yield Finding(
                (claim.label, label),
                f"{label} is the main item of {claim.label} but does not support it directly",
                advice=f"link {label} to {claim.label}, or choose another main item",
            )


def interested_origin(case: Case) -> Iterator[Finding]:
    """Find claims whose identified origins all have an interest in the matter.

    An origin has an interest if one of the sources that share it has one. No interest is recorded
    for the author.

    Source: ICD 206 on possible bias of sources; the rule that all of them count is argmap's own.
    """
    sources, roots = case.map.sources, case.live_map.roots
    interested = {roots[source.id] for source in sources.values() if source.interest}
    for claim in case.claims if interested else ():
        items = direct_items(case.live_map, claim.id)
        origins = dict.fromkeys(origin for item in items for origin in item.origins)
        if origins and all(roots.get(origin) in interested for origin in origins):
            names = and_list(excerpt(sources[origin].name, _LONGEST_NAME) for origin in origins)
            labels = case.labels(dict.fromkeys(e for i in items if i.origins for e in i.evidence))
            yield Finding(
                (claim.label, *labels),
                f"{claim.label} rests on {and_list(labels)}, from {names}, and each identified"
                " origin has an interest in the matter",
                advice="look for an origin that has no interest in it",
            )


def _by_first_passage(items: Iterator[Statement]) -> dict[Passage, list[Statement]]:
    found: defaultdict[Passage, list[Statement]] = defaultdict(list)
    for item in items:
        for passage in item.passages[:1]:
            found[passage].append(item)
    return found


RULES: Final = (
    Rule("claim-as-evidence", "warning", "a claim that is its own evidence", claim_as_evidence),
    Rule("main-item-elsewhere", "warning", "a main item that does not support its claim",
         main_item_elsewhere),
    Rule("interested-origin", "info", "a claim whose identified origins all have an interest",
         interested_origin),
)  # fmt: skip
