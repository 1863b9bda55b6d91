"""The workbench: Textual screens over the store and the verbs of argmap."""
