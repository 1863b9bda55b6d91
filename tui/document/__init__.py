"""The open document: its map in memory, the database behind it, the roles of its text."""
