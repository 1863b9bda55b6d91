"""What people ask a database: maps, sources, searches, each of one moment."""
