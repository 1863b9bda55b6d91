"""The text of an op-ed in a pane, with a cursor that reads.

The workbench binds keys to it; rating shows it beside the sheet. It knows no action.
"""
