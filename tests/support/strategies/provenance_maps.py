"""Small random maps with sources, and their provenance computed by brute force."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from argmap.model.source import Attribution, Source
from argmap.model.vocabulary import (
    ACCESSES,
    ATTRIBUTION_CLASSES,
    CERTAINTIES,
    CLASSES_WITHOUT_CHAIN,
    SOURCE_KINDS,
    STANCES,
)
from support.strategies.maps import inference, statement, with_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from argmap.analysis.provenance import OriginCount
    from argmap.model.map import ArgumentMap

Edges = dict[Any, set[Any]]

AUTHOR = "the author"
CLAIMS, EVIDENCE, ASSUMPTIONS = ("c1", "c2", "c3"), ("e1", "e2", "e3", "e4"), ("a1",)
SOURCES = ("s1", "s2", "s3", "s4", "s5")
KINDS_OF_ACCESS = {"took_part", "measured", "inspected", "investigated", "judged"}


def source(id_: str, kind: str = "person", **values: Any) -> Source:  # noqa: ANN401  (fields of a source)
    """Return a source whose name is its id in capitals."""
    return Source(id_, id_.upper(), kind, **values)  # type: ignore[arg-type]  # the model checks it


def said(
    id_: str,
    item: str,
    *chain_: str,
    class_: str = "named_person",
    **values: Any,  # noqa: ANN401  (fields of an attribution)
) -> Attribution:
    """Return an attribution of *item* to the chain."""
    return Attribution(id_, item, class_, chain_, **values)  # type: ignore[arg-type]  # the model checks it


def sourced_map(
    supports: Iterable[tuple[Iterable[str], str]] = (),
    sources: Iterable[Source] = (),
    attributions: Iterable[Attribution] = (),
    opposes: Iterable[tuple[Iterable[str], str]] = (),
    **homes: Any,  # noqa: ANN401  (of a map)
) -> ArgumentMap:
    """Return a map of c1…, e1… and a1, with a step i1… for each pair of premises and conclusion."""
    statements = [
        *(statement(id_, id_.upper()) for id_ in CLAIMS),
        *(statement(id_, id_.upper(), "evidence") for id_ in EVIDENCE),
        *(statement(id_, id_.upper(), "assumption") for id_ in ASSUMPTIONS),
    ]
    steps = [
        *((premises, to, "supports") for premises, to in supports),
        *((premises, to, "opposes") for premises, to in opposes),
    ]
    inferences = [
        inference(f"i{n}", f"I{n}", premises, to, stance)  # type: ignore[arg-type]  # one of two words
        for n, (premises, to, stance) in enumerate(steps, 1)
    ]
    return with_all(
        statements,
        inferences,
        sources={s.id: s for s in sources},
        attributions={a.id: a for a in attributions},
        **homes,
    )


@st.composite
def sources_(draw: Callable[..., Any], id_: str) -> Source:
    some = st.sets(st.sampled_from(SOURCES), max_size=2).map(lambda ids: tuple(sorted(ids)))
    return source(
        id_,
        draw(st.sampled_from(SOURCE_KINDS)),
        description=draw(st.sampled_from([None, "close to the talks"])),
        derives_from=draw(st.one_of(st.just(()), some)),
        same_origin=draw(some),
    )


@st.composite
def attributions_(draw: Callable[..., Any], id_: str, item: str) -> Attribution:
    class_ = draw(st.sampled_from(("named_person", *ATTRIBUTION_CLASSES)))
    least = 0 if class_ in CLASSES_WITHOUT_CHAIN else 1
    return said(
        id_,
        item,
        *draw(st.lists(st.sampled_from(SOURCES), min_size=least, max_size=3)),
        class_=class_,
        access=draw(st.sampled_from([None, "measured", "inspected", *ACCESSES])),
        text_certainty=draw(st.sampled_from([None, *CERTAINTIES])),
        source_certainty=draw(st.sampled_from([None, *CERTAINTIES])),
    )


@st.composite
def maps(draw: Callable[..., Any]) -> ArgumentMap:
    """Maps with every kind of trail, and steps between any two that the model allows."""
    everything = (*CLAIMS, *EVIDENCE, *ASSUMPTIONS)
    premises = st.lists(st.sampled_from(everything), min_size=1, max_size=2, unique=True)
    targets = st.sampled_from((*CLAIMS, *CLAIMS, *EVIDENCE, "a1", "i1", "i2"))
    steps = draw(st.lists(st.tuples(premises, targets, st.sampled_from(STANCES)), max_size=4))
    direct = draw(st.lists(st.sampled_from(EVIDENCE), unique=True))
    steps += [([item], "c1", "supports") for item in direct]
    whole = sourced_map(
        sources=[draw(sources_(id_)) for id_ in SOURCES],
        attributions=[
            draw(attributions_(f"at{n}-{item}", item))
            for item in EVIDENCE
            for n in range(draw(st.sampled_from((0, 1, 1, 2))))
        ],
    )
    kept = {
        f"i{n}": inference(f"i{n}", f"I{n}", premises, to, stance)
        for n, (premises, to, stance) in enumerate(steps, 1)
        if to not in premises and to != f"i{n}"
    }
    for _ in steps:  # without a conclusion an inference goes, and in turn what targets it
        kept = {k: i for k, i in kept.items() if i.conclusion in {*whole.statements, *kept}}
    return evolve(whole, inferences=kept)


removals = st.sets(st.sampled_from((*SOURCES, *EVIDENCE, *ASSUMPTIONS, *CLAIMS)), max_size=3)
"""Ids that may be removed from any of the maps."""


# By trying everything.


@frozen
class Behind:
    """Everything that one item leads to, as a separate graph."""

    edges: Edges
    item: str

    def reach(self, start: object, without: Collection[object] = ()) -> set[Any]:
        """Return the nodes that *start* leads to by one step or more."""
        found: set[Any] = set()
        while True:
            more = {
                after
                for node in (*found, start)
                for after in self.edges.get(node, ())
                if after not in without
            }
            if more <= found:
                return found
            found |= more

    def is_end(self, node: object) -> bool:
        return not self.edges.get(node)


def behind(m: ArgumentMap, item: str) -> Behind:
    """Return the graph of *item*, as the specification builds it."""
    edges: Edges = {s.id: set(s.derives_from) for s in m.sources.values()}
    mine: set[Any] = set()
    own = [a for a in m.attributions.values() if a.statement == item]
    for a in own:
        if a.class_ in ("evidential_hedge", "author_assertion"):
            continue
        if a.chain:
            mine.add(a.chain[0])
            for place in range(len(a.chain) - 1):
                edges[a.chain[place]].add(a.chain[place + 1])
        else:
            mine.add(AUTHOR if a.class_ == "firsthand_author" else ("nobody", item))
    if not own:
        mine.add(("nobody", item))
    return Behind({**edges, item: mine}, item)


def ends_of(m: ArgumentMap, item: str, removed: Collection[str]) -> set[Any]:
    graph = behind(m, item)
    return {node for node in graph.reach(item, removed) if graph.is_end(node)}


def item_stands(m: ArgumentMap, item: str, removed: Collection[str]) -> bool:
    leads_nowhere = behind(m, item).is_end(item)
    return item not in removed and (leads_nowhere or bool(ends_of(m, item, removed)))


def dead_in(m: ArgumentMap, removed: Collection[str]) -> set[str]:
    dead = {s for s in m.statements if s in removed}
    dead |= {e for e in EVIDENCE if not item_stands(m, e, removed)}
    while True:
        more = {
            i.id
            for i in m.inferences.values()
            if i.conclusion in dead or any(p in dead for p in i.premises)
        }
        if more <= dead:
            return dead
        dead |= more


def items_of(m: ArgumentMap, claim: str, removed: Collection[str]) -> set[str]:
    dead, below = dead_in(m, removed), {claim} - set(removed)
    while True:
        more = {
            premise
            for i in m.inferences.values()
            if i.stance == "supports" and i.id not in dead and i.conclusion in below
            for premise in i.premises
        }
        if more <= below:
            return below & set(EVIDENCE)
        below |= more


def is_known(m: ArgumentMap, end: object) -> bool:
    if end == AUTHOR:
        return True
    if not isinstance(end, str):
        return False
    found = m.sources[end]
    return found.kind not in ("unnamed", "vague") or (
        found.kind == "unnamed" and found.description is not None
    )


def one_origin(m: ArgumentMap, first: object, second: object) -> bool:
    """Return whether two sources are declared to share an origin, in any number of steps."""
    found = {first}
    while True:
        more = {s.id for s in m.sources.values() if found & set(s.same_origin)}
        more |= {o for s in m.sources.values() if s.id in found for o in s.same_origin}
        if more <= found:
            return second in found
        found |= more


def classes_in(m: ArgumentMap, ends: Iterable[object]) -> list[set[Any]]:
    """Return *ends*, grouped by shared origin."""
    classes: list[set[Any]] = []
    for end in ends:
        home = next((c for c in classes if one_origin(m, next(iter(c)), end)), None)
        if home is None:
            classes.append({end})
        else:
            home.add(end)
    return classes


def counts_of(m: ArgumentMap, items: Collection[str], removed: Collection[str]) -> list[int]:
    """Return the number of items, and the least and most origins behind them, counted alone."""
    ends = set().union(*(ends_of(m, item, removed) for item in items))
    known = {end for end in ends if is_known(m, end)}
    n_min = len(classes_in(m, known))
    return [len(items), n_min, n_min + len(ends - known)]


def counts_by_trying(
    m: ArgumentMap, claim: str, removed: Collection[str] = ()
) -> tuple[list[int], list[int], list[int], int | None]:
    """Return the counts of all items, of the direct ones, of the inherited ones, and the level."""
    dead = dead_in(m, removed)
    standing = [i for i in m.inferences.values() if i.stance == "supports" and i.id not in dead]
    premises = {p for i in standing if i.conclusion == claim for p in i.premises}
    behind: set[str] = set()
    while True:
        more = {p for i in standing if i.conclusion in premises | behind for p in i.premises}
        if more <= behind:
            break
        behind |= more
    direct, level = direct_by_trying(m, claim, removed)
    every = counts_of(m, items_of(m, claim, removed), removed)
    return every, direct, counts_of(m, behind & set(EVIDENCE), removed), level


def direct_by_trying(
    m: ArgumentMap, claim: str, removed: Collection[str]
) -> tuple[list[int], int | None]:
    """Return the counts of the direct items of *claim*, and the level that they suggest."""
    units = {
        frozenset(set(i.premises) & set(EVIDENCE))
        for i in m.inferences.values()
        if i.stance == "supports"
        and i.conclusion == claim
        and claim not in removed
        and not set(i.premises) & set(removed)
    } - {frozenset()}
    units = {unit for unit in units if all(is_usable(m, item, removed) for item in unit)}
    ends = {unit: [ends_of(m, item, removed) for item in sorted(unit)] for unit in units}
    alone = set().union(*(each for u in units if len(u) == 1 for each in ends[u]))
    groups = classes_in(m, {end for end in alone if is_known(m, end)})
    first, unknown = len(groups), {end for end in alone if not is_known(m, end)}
    linked: list[set[Any]] = []
    for unit in units:
        if len(unit) > 1 and all(any(is_known(m, e) for e in each) for each in ends[unit]):
            linked.append({e for each in ends[unit] for e in each if is_known(m, e)})
        elif len(unit) > 1 and any(ends[unit]):
            unknown.add(unit)
    for group in together(m, linked):
        homes = [g for g in groups[:first] if any(one_origin(m, a, b) for a in g for b in group)]
        if homes:
            homes[0] |= {e for e in group if not any(e in g for g in groups)}
        else:
            groups.append(group)
    n_min = len(groups)
    items = {item for unit in units for item in unit}
    known_by = [
        {kind for end, kind in accesses_of(m, items, removed) if end in group} for group in groups
    ]
    differ = any(one != other for a, b in combinations(known_by, 2) for one in a for other in b)
    level = min(n_min, 3) + (differ and n_min > 1) if units else None
    return [len(units), n_min, n_min + len(unknown)], level


def is_usable(m: ArgumentMap, item: str, removed: Collection[str]) -> bool:
    """Return whether an item is live, or is recorded and never was live."""
    return item_stands(m, item, removed) or not (item in removed or item_stands(m, item, ()))


def together(m: ArgumentMap, groups: Iterable[set[Any]]) -> list[set[Any]]:
    """Return *groups* of ends, with groups that share an origin merged."""
    joined = list(groups)
    while True:
        pair = next(
            (
                (a, b)
                for a, b in combinations(joined, 2)
                if any(one_origin(m, x, y) for x in a for y in b)
            ),
            None,
        )
        if pair is None:
            return joined
        joined = [g for g in joined if g is not pair[0] and g is not pair[1]]
        joined.append(pair[0] | pair[1])


def accesses_of(
    m: ArgumentMap, items: Iterable[str], removed: Collection[str]
) -> set[tuple[object, str]]:
    """Return the identified ends of some items, each with the access stated for it."""
    found: set[tuple[object, str]] = set()
    for a in m.attributions.values():
        is_counted = a.class_ not in ("evidential_hedge", "author_assertion")
        if a.statement not in items or a.access not in KINDS_OF_ACCESS or not is_counted:
            continue
        if not a.chain and a.class_ == "firsthand_author":
            found.add((AUTHOR, a.access))
        if a.chain and not set(a.chain) & set(removed):
            derived = Behind({s.id: set(s.derives_from) for s in m.sources.values()}, a.statement)
            reach = {a.chain[-1], *derived.reach(a.chain[-1], removed)}
            ends = reach & ends_of(m, a.statement, removed)
            found |= {(end, a.access) for end in ends if is_known(m, end)}
    return found


def as_tried(count: OriginCount) -> tuple[list[int], list[int], list[int], int | None]:
    """Return *count* in the shape of `counts_by_trying`."""
    every, direct, behind = (
        [some.items, some.n_min, some.n_max] for some in (count, count.direct, count.inherited)
    )
    return every, direct, behind, count.direct.level
