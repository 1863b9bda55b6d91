"""The forms in which people keep op-eds: one module each, with a value called `FORMAT`."""
