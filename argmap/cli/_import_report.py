"""What an import did, in all and file by file, for a person and for a script."""

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
class Share:
    """What one file of several brought to an import."""

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
class Outcome:
    """The account of an import, and how its files were read."""

    account: ImportReport
    tables: list[dict[str, str]]
    """Of each table its name, format, encoding and delimiter."""
    is_of_several: bool
    """Whether more files than one were read, so that a line is found by its file's name too."""
    by_file: list[Share]
    """What each of several files brought; nothing where the import was stopped."""
    skipped: int
    """Files in folders that are of no format that is known."""

    def show(self, *, as_json: bool, is_dry: bool) -> None:
        """Print it as JSON, or say it: in all, the first rejected records, each file."""
        several = self.is_of_several
        if as_json:
            show_json(_account_in_json(self.account, several=several) | self._files_in_json())
            return
        _tell(self.account, is_dry=is_dry, several=several)
        for share in self.by_file:
            say(str(share))
        if self.skipped:
            say(f"{counted(self.skipped, 'file')} skipped, of no format that is imported")

    def _files_in_json(self) -> dict[str, Any]:
        tables = {"tables": self.tables} if self.tables else {}
        shares = {"files": [asdict(each) for each in self.by_file], "skipped": self.skipped}
        return tables | (shares if self.by_file else {})


def _account_in_json(account: ImportReport, *, several: bool) -> dict[str, Any]:
    places = (
        {"file": r.file, "line": r.line, "path": r.path, "reason": r.reason}
        for r in account.rejected
    )
    return {
        "format": account.format,
        "read": account.read,
        "added": account.added,
        "updated": account.updated,
        "unchanged": account.unchanged,
        "rejected": [p if several else {k: v for k, v in p.items() if k != "file"} for p in places],
        "rejected_total": account.rejected_total,
        "reasons": account.reasons,
        "changed": [{"file": f, "line": n, "what": what} for f, n, what in account.changed],
        "operation": account.operation,
        "stopped": account.stopped or None,
    }


def _tell(account: ImportReport, *, is_dry: bool, several: bool) -> None:
    """Say what an import did: one line, then one for each of the first rejected records."""
    if account.stopped and account.operation is None:
        say(f"stopped: {account.stopped}; import again to start over")
        return
    kept = account.read - account.rejected_total
    if is_dry:
        done = f"{kept:,} would land"
    else:
        done = (
            f"{account.added:,} added, {account.updated:,} updated, {account.unchanged:,} unchanged"
        )
    operation = f"; operation {account.operation}" if account.operation else ""
    rejected = f", {account.rejected_total:,} rejected" if account.rejected_total else ""
    say(f"{counted(account.read, 'record')} read: {done}{rejected}{operation}")
    if account.stopped:
        say(f"stopped: {account.stopped}; what landed is kept, and the same import goes on with it")
    for file, line, what in account.changed[:_MOST_SAID]:
        say(f"{file}:{line}: taken loosely: {what}")
    for r in account.rejected[:_MOST_SAID]:
        place = f"{r.file}:{r.line}" if several else f"line {r.line}"
        say(f"{place}: {f'{r.path}: ' if r.path else ''}{r.reason}")
    if account.rejected_total > _MOST_SAID:
        say(f"and {counted(account.rejected_total - _MOST_SAID, 'more rejected record')}")


def counting(inputs: Sequence[ImportFile]) -> tuple[list[ImportFile], list[Share]]:
    """Return *inputs* that count their records as they are read, and where they count them."""
    shares = [Share(each.name) for each in inputs]
    return [_counted(each, share) for each, share in zip(inputs, shares, strict=True)], shares


def share_of_each(shares: Sequence[Share], account: ImportReport) -> list[Share]:
    """Return *shares*, as an import has counted them, with what *account* says became of each.

    Returns:
        Nothing where it was stopped, or they do not add up to it, because something read past
        the counting.
    """
    ends = list(accumulate(share.read for share in shares))
    if account.stopped or not ends or ends[-1] != account.read:
        return []
    for number in account.rejected_records:
        shares[bisect_right(ends, number)].rejected += 1
    for number in account.updated_records:
        shares[bisect_right(ends, number)].updated += 1
    for number in account.unchanged_records:
        shares[bisect_right(ends, number)].unchanged += 1
    for share in shares if account.imported else ():
        share.added = share.read - share.rejected - share.updated - share.unchanged
    return list(shares)


def _counted(file: ImportFile, share: Share) -> ImportFile:
    def read(stream: BinaryIO) -> Iterator[Located]:
        """Read as the format does, and count."""
        share.read = 0
        for located in file.format.read(stream):
            share.read += 1
            yield located

    return evolve(file, format=evolve(file.format, read=read))
