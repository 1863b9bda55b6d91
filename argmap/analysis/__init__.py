"""What can be worked out from a map, and is therefore never stored."""
