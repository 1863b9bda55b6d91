"""The workspace of the open document: selection, ticks, followed list, what-if mode.

Verbs take a `Workspace`. `host` lists the requests that they may make of the screen, and
`places` the places where they can send the reader. Nothing here is a widget, and every room
that works on a document imports it.
"""
