"""The text pane of the workbench: what its keys do."""
