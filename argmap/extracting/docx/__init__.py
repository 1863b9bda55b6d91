"""Word documents: the words that a reader of the final version sees, notes after the text."""
