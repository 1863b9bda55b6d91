"""When Python may look for garbage: not while the program starts, nor through a big map.

What is loaded at the start and what a document is made of stays for long. Looking
through it again and again would take a quarter of the start, and make keys wait.
"""

from __future__ import annotations

import gc


def pause() -> None:
    """Look for no garbage until `go_on`; for a process that does nothing but run the workbench."""
    gc.disable()


def go_on() -> None:
    """Look for garbage again, but not in what is there now; nothing where it was not paused."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
