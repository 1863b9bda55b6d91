"""The list of keys, as a dialog of its own kind: the key that opens it closes it too."""

from __future__ import annotations

from tui.dialogs.pick import PickDialog


class KeysDialog(PickDialog):
    """List keys with what they do; enter does it."""
