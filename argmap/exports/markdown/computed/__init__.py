"""Parts that are worked out from the map, and passed over on reading."""
