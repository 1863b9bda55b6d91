"""The input of an export: maps in importable form, and the entities that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, field, frozen

from argmap.model.older_rows import all_importable
from argmap.model.rating import with_reason
from argmap.records.rubric import rubric_hash
from argmap.rubrics import shipped_rubrics

from .map_streams import WholeMaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating, Reliability
    from argmap.model.rubric import Rubric
    from argmap.model.source import Source

    from .map_streams import MapStream

E = TypeVar("E")


@frozen
class Bundle:
    """The input of an export: maps, and the entities that belong to no single one."""

    maps: Iterable[ArgumentMap]
    """The maps of the documents, by id; loaded one at a time."""
    sources: Mapping[str, Source] = field(factory=dict)
    """The sources that the maps cite, or all sources; in the order of their ids."""
    reliabilities: Mapping[str, Reliability] = field(factory=dict)
    """The Admiralty letters of these sources, in the order of their ids."""
    ratings: Mapping[str, Rating] = field(factory=dict)
    """Ratings of sources, in the order of their ids."""
    rubrics: tuple[Rubric, ...] = ()
    """The rubrics of ratings, except those that argmap ships."""
    streams: Iterable[MapStream] = field(eq=False, repr=False)
    """The maps entity by entity, for formats that do not need a whole map in memory: a map
    of any size then takes little memory.
    """

    @streams.default
    def _streams_of_maps(self) -> Iterable[MapStream]:
        return WholeMaps(self.maps)


def bundle_of(maps: Sequence[ArgumentMap]) -> Bundle:
    """Return *maps* with their sources and the rubrics of their ratings that are not shipped."""
    maps = [as_exported(argument_map) for argument_map in maps]
    ratings = {id_: rating for m in maps for id_, rating in m.ratings.items()}
    known = {key: rubric for m in maps for key, rubric in m.rubrics.items()}
    used = sorted({(rating.rubric, rating.version) for rating in ratings.values()})
    shipped = {rubric_hash(rubric) for rubric in shipped_rubrics()}
    return Bundle(
        maps=maps,
        sources=_sorted({id_: source for m in maps for id_, source in m.sources.items()}),
        reliabilities=_sorted({id_: r for m in maps for id_, r in m.reliabilities.items()}),
        ratings=_sorted({id_: r for id_, r in ratings.items() if r.source is not None}),
        rubrics=tuple(known[key] for key in used if rubric_hash(known[key]) not in shipped),
    )


def _sorted(entities: dict[str, E]) -> dict[str, E]:
    return dict(sorted(entities.items()))


def as_exported(argument_map: ArgumentMap) -> ArgumentMap:
    """Return *argument_map* in the form that exports write, which imports accept completely.

    It is the same map unless an older version stored letters without the reasons that they
    need, letters and numbers that rate nothing, or sources that derive from themselves.
    """
    sources, letters = argument_map.sources, argument_map.reliabilities
    given = {
        id_: with_reason(letter, sources[letter.source].kind if letter.source in sources else None)
        for id_, letter in letters.items()
    }
    homes: dict[str, Any] = {
        "sources": all_importable(sources),
        "reliabilities": all_importable(letters if given == letters else given),
        "credibilities": all_importable(argument_map.credibilities),
    }
    # By identity: equality would compare every entity of a large map.
    is_same = all(getattr(argument_map, name) is home for name, home in homes.items())
    return argument_map if is_same else evolve(argument_map, **homes)
