"""What may be stored, where SQLite's own constraints cannot say it."""
