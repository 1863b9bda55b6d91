"""What a text says of itself: its title, its author, its date; and the document it makes."""
