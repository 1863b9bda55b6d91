"""The heat map: claims as rows, criteria as columns."""
