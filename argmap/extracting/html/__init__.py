"""Web pages: the article without what surrounds it, by trafilatura.

`format` reads a page: its `encoding`, its `blocks`, and those of them that are the `article`.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
