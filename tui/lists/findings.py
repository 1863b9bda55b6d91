"""The list of findings, the most serious kinds first, with the keys that fix them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from argmap.analysis.findings import SEVERITIES, OtherDocuments, findings
from argmap.errors import StoreError
from argmap.text.display import counted
from store.queries import find_copies_elsewhere
from tui.core.followed_list import EntryGroup, EntryList, ListEntry, statement_labelled

if TYPE_CHECKING:
    from argmap.analysis.findings import Finding, Rule
    from argmap.model.map import ArgumentMap
    from tui.core.workspace import Workspace

_WHO: Final = ("workbench.say-who", "attribute it")
_EVIDENCE: Final = ("workbench.mark-evidence", "mark evidence")
_SUPPORT: Final = ("workbench.support", "link it as support")
_SOURCES: Final = ("workbench.sources", "open sources")
_REMOVE: Final = ("workbench.remove", "remove it")
_DETAILS: Final = ("workbench.details", "open its details")

FIXING_ACTIONS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "unsupported-claim": (_EVIDENCE, ("workbench.supply-assumption", "write an assumption")),
    "no-identified-origin": (("workbench.provenance", "list its items"), _EVIDENCE),
    "one-identified-origin": (("workbench.provenance", "list its items"), _EVIDENCE),
    "circular-reporting": (("workbench.provenance", "list its origins"), _SOURCES),
    "unexamined-assumption": (_DETAILS,),
    "unanswered-contrary": (("workbench.oppose", "link it as opposition"), _EVIDENCE),
    "claim-as-evidence": (("workbench.add-passage", "add a passage"), _REMOVE),
    "main-item-elsewhere": (("workbench.rate", "choose another main item"), _SUPPORT),
    "interested-origin": (_EVIDENCE, _SOURCES),
    "missing-attribution": (_WHO,),
    "vague-attribution": (_WHO, _SOURCES),
    "plural-for-one": (_SOURCES,),
    "grown-certainty": (_DETAILS,),
    "suspected-copy": (_SOURCES,),
    "date-conflict": (_SOURCES,),
    "circular-reasoning": (("workbench.unlink", "unlink it"), _EVIDENCE),
    "main-claim-missing": (("workbench.main-claim", "set the main claim"),),
    "unused-statement": (_SUPPORT, _REMOVE),
    "passage-twice": (_REMOVE,),
    "confidence-with-likelihood": (_DETAILS,),
}
"""The actions that fix findings, by the id of the rule, each with a few words."""


async def list_findings(work: Workspace) -> EntryList:
    """Return the list of findings on the map."""
    argument_map = work.map
    elsewhere = await _elsewhere(work, argument_map)
    groups = await asyncio.to_thread(lambda: group_findings(argument_map, elsewhere))
    had_some = "findings" in work.followed_list.places
    empty = "no findings are left" if had_some else "no findings"
    stand = counted(sum(len(group.lines) for group in groups), "finding")
    return EntryList("findings", "findings", groups, stand, "finding", empty)


def group_findings(argument_map: ArgumentMap, elsewhere: OtherDocuments) -> tuple[EntryGroup, ...]:
    """Group the findings on *argument_map* by kind, the most serious kinds first."""
    by_rule: dict[str, list[tuple[Rule, Finding]]] = {}
    for rule, finding in findings(argument_map, elsewhere):
        by_rule.setdefault(rule.id, []).append((rule, finding))
    groups = []
    for pairs in by_rule.values():  # already ordered by their most serious findings
        rule = pairs[0][0]
        severities = [rule.severity_of(finding) for _, finding in pairs]
        lines = tuple(_line(argument_map, rule, finding) for _, finding in pairs)
        weight = max(severities, key=SEVERITIES.index)
        groups.append(EntryGroup(rule.kind, lines, rule.title, weight))
    return tuple(groups)


def _line(argument_map: ArgumentMap, rule: Rule, finding: Finding) -> ListEntry:
    about = statement_labelled(argument_map, finding.labels[0]) if finding.labels else None
    return ListEntry(
        finding.problem, about, rule.advice_on(finding), FIXING_ACTIONS.get(rule.id, ())
    )


async def _elsewhere(work: Workspace, argument_map: ArgumentMap) -> OtherDocuments:
    """Return facts from other documents, or no facts if the database cannot be read."""
    try:
        return await work.session.database.read(
            lambda store: find_copies_elsewhere(store, argument_map)
        )
    except StoreError as error:
        work.host.say(f"other documents are not compared: {error}")
        return OtherDocuments()
