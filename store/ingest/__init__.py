"""Import records: read them, validate them together, and write them in spans.

`run` scans the files once (`prescan`), hands their records to `pipeline`, and returns the
import report. In the pipeline, `check` asks `build` for an entity for each record and finds the
faults, `backlog` keeps records that must wait, and `write` inserts the rows of accepted records;
`transactions` commits, and resumes an interrupted import. In the store only `merge` imports
this package.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
