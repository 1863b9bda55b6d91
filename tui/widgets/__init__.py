"""Widgets shared by several rooms: bars, fields, frames, an editor.

They know the workspace, and no room that uses them. Rooms and dialogs import this one.
"""
