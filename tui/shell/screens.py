"""Which screen each place is: what nobody but the app needs to know.

A screen is loaded when it is gone to, so that the first frame comes sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.places import Export, HeatMap, History, Lines, Rating, Sources

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.core.places import ScreenPlace
    from tui.core.workspace import Workspace
    from tui.document.database import Archive


def library(archive: Archive) -> Screen[None]:
    """Return the library."""
    from tui.library.screen import LibraryScreen

    return LibraryScreen(archive)


def screen_at(place: ScreenPlace, archive: Archive, work: Workspace | None) -> Screen[None]:
    """Return the screen at *place*, which is about *work* unless it is about all documents."""
    if isinstance(place, Sources):
        from tui.sources.screen import SourcesScreen

        return SourcesScreen(archive, place.source)
    if work is None:
        return library(archive)
    return _of_document(place, work)


def _of_document(place: ScreenPlace, work: Workspace) -> Screen[None]:
    if isinstance(place, Rating | HeatMap):
        return _of_ratings(place, work)
    if isinstance(place, Lines):
        from tui.lists.screen import ListingScreen

        return ListingScreen(work, place.listing)
    if isinstance(place, History):
        from tui.history.screen import HistoryScreen

        return HistoryScreen(work.session)
    assert isinstance(place, Export)  # noqa: S101  (the library is no screen of a document)
    from tui.export.screen import ExportScreen

    return ExportScreen(work.map)


def _of_ratings(place: Rating | HeatMap, work: Workspace) -> Screen[None]:
    if isinstance(place, Rating):
        from tui.rating.sheet.screen import RatingScreen

        return RatingScreen(work, place.rubric, place.claim, place.criterion)
    from tui.rating.heat.screen import HeatScreen

    return HeatScreen(work, place.rubric, place.assessor, place.claim)
