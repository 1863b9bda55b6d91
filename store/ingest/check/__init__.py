"""Find what is wrong with records: against each other and the database."""
