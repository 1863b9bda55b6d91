"""The pane with the text of a document, and its cursor.

The workbench binds keys to it; the rating screen shows it next to the sheet. It knows no action.
"""
