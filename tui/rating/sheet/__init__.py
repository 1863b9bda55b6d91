"""The sheet: one question at a time, with all its levels."""
