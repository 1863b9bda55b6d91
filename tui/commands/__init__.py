"""What an action is. Every room of `tui` may import this; nothing here knows a table of a room."""
