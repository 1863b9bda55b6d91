"""The history of a document, and the way back to any operation."""
