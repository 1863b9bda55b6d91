"""Web pages: the article without its surroundings, by trafilatura.

`format` reads a page with `encoding`, splits it with `blocks`, and selects the blocks of the
`article`.
"""

from .format import FORMAT

__all__ = ["FORMAT"]
