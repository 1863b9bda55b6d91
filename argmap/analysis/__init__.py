"""What can be worked out from a map, and is therefore never stored.

Outlines, grades, findings, origins, agreement, and what falls with what. Nothing here changes a
map or suggests a change by itself. `edit` and whatever shows or exports maps may import it.
"""
