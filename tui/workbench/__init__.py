"""The workbench on one document: text, map and details side by side."""
