"""The map as boxes from left to right."""
