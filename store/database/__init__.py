"""The file as SQLite sees it: opened, migrated, copied, and never damaged."""
