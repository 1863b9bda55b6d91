"""Report on an import, in all and for each file, as text or JSON."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from attrs import asdict, define, evolve, frozen

from argmap.text.display import counted

from ._output import say, show_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.formats.registry import ImportFile, Located
    from store import ImportReport

_MOST_SAID: Final = 20


@define
class FileCounts:
    """Counts of records of one of several imported files."""

    file: str
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        names = ("added", "updated", "unchanged", "rejected")
        counts = [f"{n:,} {name}" for name in names if (n := getattr(self, name))]
        return ": ".join(
            [self.file, counted(self.read, "record"), *([", ".join(counts)] if counts else [])]
        )


@frozen
class ImportSummary:
    """The report on an import, with the properties of its files."""

    report: ImportReport
    tables: list[dict[str, str]]
    """Name, format, encoding and delimiter of each table."""
    is_of_several: bool
    """Whether several files were read, so that a line number needs its file's name."""
    by_file: list[FileCounts]
    """Counts for each of several files; empty if the import was stopped."""
    skipped: int
    """Number of files in folders that have no known format."""

    def show(self, *, as_json: bool, is_dry: bool) -> None:
        """Print the report as JSON, or as lines: totals, the first rejected records, files."""
        several = self.is_of_several
        if as_json:
            show_json(_account_in_json(self.report, several=several) | self._files_in_json())
            return
        _say_report(self.report, is_dry=is_dry, several=several)
        for entry in self.by_file:
            say(str(entry))
        if self.skipped:
            say(f"{counted(self.skipped, 'file')} skipped: unknown format")

    def _files_in_json(self) -> dict[str, Any]:
        tables = {"tables": self.tables} if self.tables else {}
        counts = {"files": [asdict(each) for each in self.by_file], "skipped": self.skipped}
        return tables | (counts if self.by_file else {})


def _account_in_json(report: ImportReport, *, several: bool) -> dict[str, Any]:
    places = (
        {"file": r.file, "line": r.line, "path": r.path, "reason": r.reason}
        for r in report.rejected
    )
    return {
        "format": report.format,
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [p if several else {k: v for k, v in p.items() if k != "file"} for p in places],
        "rejected_total": report.rejected_total,
        "reasons": report.reasons,
        "changed": [{"file": f, "line": n, "what": what} for f, n, what in report.changed],
        "operation": report.operation,
        "stopped": report.stopped or None,
    }


def _say_report(report: ImportReport, *, is_dry: bool, several: bool) -> None:
    """Print the totals in one line, then one line for each of the first rejected records."""
    if report.stopped and report.operation is None:
        say(f"stopped: {report.stopped}; import again to start over")
        return
    kept = report.read - report.rejected_total
    if is_dry:
        done = f"{kept:,} would be imported"
    else:
        done = f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged"
    operation = f"; operation {report.operation}" if report.operation else ""
    rejected = f", {report.rejected_total:,} rejected" if report.rejected_total else ""
    say(f"{counted(report.read, 'record')} read: {done}{rejected}{operation}")
    if report.stopped:
        say(f"stopped: {report.stopped}; committed records are kept; import again to resume")
    for file, line, what in report.changed[:_MOST_SAID]:
        say(f"{file}:{line}: accepted as a near match: {what}")
    for r in report.rejected[:_MOST_SAID]:
        place = f"{r.file}:{r.line}" if several else f"line {r.line}"
        say(f"{place}: {f'{r.path}: ' if r.path else ''}{r.reason}")
    if report.rejected_total > _MOST_SAID:
        say(f"and {counted(report.rejected_total - _MOST_SAID, 'more rejected record')}")


def count_by_file(inputs: Sequence[ImportFile]) -> tuple[list[ImportFile], list[FileCounts]]:
    """Return *inputs* that count their records as they are read, and the counts."""
    counts = [FileCounts(each.name) for each in inputs]
    return [_counted(each, entry) for each, entry in zip(inputs, counts, strict=True)], counts


def complete_counts(counts: Sequence[FileCounts], report: ImportReport) -> list[FileCounts]:
    """Return *counts*, filled in during an import, with the outcomes from its *report*.

    Returns:
        An empty list if the import was stopped, or if the counts do not add up because something
        else has read the files.
    """
    ends = list(accumulate(entry.read for entry in counts))
    if report.stopped or not ends or ends[-1] != report.read:
        return []
    for number in report.rejected_records:
        counts[bisect_right(ends, number)].rejected += 1
    for number in report.updated_records:
        counts[bisect_right(ends, number)].updated += 1
    for number in report.unchanged_records:
        counts[bisect_right(ends, number)].unchanged += 1
    for entry in counts if report.imported else ():
        entry.added = entry.read - entry.rejected - entry.updated - entry.unchanged
    return list(counts)


def _counted(file: ImportFile, entry: FileCounts) -> ImportFile:
    def read(stream: BinaryIO) -> Iterator[Located]:
        """Read records as the format does, and count them."""
        entry.read = 0
        for located in file.format.read(stream):
            entry.read += 1
            yield located

    return evolve(file, format=evolve(file.format, read=read))
