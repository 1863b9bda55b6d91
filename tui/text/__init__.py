"""The text of an op-ed in a pane, with a cursor that reads."""
