"""Write the rows of accepted records by set."""
