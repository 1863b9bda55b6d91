"""Widgets that several rooms put together: bars, fields, frames, an editor.

They know the workspace and no room that uses them. Rooms and dialogs import it.
"""
