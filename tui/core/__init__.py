"""The workspace: what is open, selected, marked and left out for a what-if, and its host.

Verbs get a `Workspace`; `host` says what they may ask of the screen, and `places` where they can
go. It has no widgets, and every room that works on a document imports it.
"""
