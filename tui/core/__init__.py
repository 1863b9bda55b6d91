"""The workspace: what is open, selected, marked and supposed, and the host that draws it.

Verbs get a `Workspace`; `host` says what they may ask of the screen, and `places` where they can
go. It has no widgets, and every room that works on a document imports it.
"""
