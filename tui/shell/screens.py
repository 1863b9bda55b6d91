"""The screen of each place; only the app needs to know them all.

A screen is imported when it is first shown, so that the first frame comes sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.places import (
    EntryListPlace,
    ExportPlace,
    HeatMapPlace,
    HistoryPlace,
    RatingPlace,
    SourcesPlace,
)

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.core.places import ScreenPlace
    from tui.core.workspace import Workspace
    from tui.document.database_threads import DatabaseThreads


def library(database: DatabaseThreads) -> Screen[None]:
    """Return the library screen."""
    from tui.library.screen import LibraryScreen

    return LibraryScreen(database)


def screen_at(
    place: ScreenPlace, database: DatabaseThreads, work: Workspace | None
) -> Screen[None]:
    """Return the screen at *place*; *work* is the open document, if any."""
    if isinstance(place, SourcesPlace):
        from tui.sources.screen import SourcesScreen

        return SourcesScreen(database, place.source)
    if work is None:
        return library(database)
    return _of_document(place, work)


def _of_document(place: ScreenPlace, work: Workspace) -> Screen[None]:
    if isinstance(place, RatingPlace | HeatMapPlace):
        return _of_ratings(place, work)
    if isinstance(place, EntryListPlace):
        from tui.lists.screen import ListingScreen

        return ListingScreen(work, place.listing)
    if isinstance(place, HistoryPlace):
        from tui.history.screen import HistoryScreen

        return HistoryScreen(work.session)
    assert isinstance(place, ExportPlace)  # noqa: S101  (the library is no screen of a document)
    from tui.export.screen import ExportScreen

    return ExportScreen(work.map)


def _of_ratings(place: RatingPlace | HeatMapPlace, work: Workspace) -> Screen[None]:
    if isinstance(place, RatingPlace):
        from tui.rating.sheet.screen import RatingScreen

        return RatingScreen(work, place.rubric, place.claim, place.criterion)
    from tui.rating.heat.screen import HeatScreen

    return HeatScreen(work, place.rubric, place.assessor, place.claim)
