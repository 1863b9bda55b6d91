"""Findings about the evidence that a claim is said to rest on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from argmap.findings.finding import Case, Finding, Rule
from argmap.findings.links import supported_by
from argmap.refusals import supports_directly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.document import Passage
    from argmap.model.statement import Statement


def claim_as_evidence(case: Case) -> Iterator[Finding]:
    """Find claims with evidence that has no words of its own: all its passages are the claim's.

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
                f" is its own evidence: give {item} the passage that shows it, or remove it",
            )


def main_item_elsewhere(case: Case) -> Iterator[Finding]:
    """Find claims whose main item is no premise of an inference that supports them."""
    for claim in case.claims:
        item = claim.main_item
        if item is not None and not supports_directly(case.map, item, claim.id):
            label = case.label(item)
            yield Finding(
                (claim.label, label),
                f"{label} is the main item of {claim.label} but does not support it directly:"
                f" link {label} to {claim.label}, or choose another main item",
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
)  # fmt: skip
