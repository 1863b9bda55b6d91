"""The dialog with the list of keys; the key that opens it also closes it."""

from __future__ import annotations

from tui.dialogs.pick import PickDialog


class KeysDialog(PickDialog):
    """A list of keys and actions; enter runs the chosen action."""
