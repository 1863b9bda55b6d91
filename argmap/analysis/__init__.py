"""Results that are computed from a map and never stored.

Outlines, grades, findings, origins, agreement and what-if results. Nothing here changes a map.
`edit` and all packages that show or export maps may import it.
"""
