"""Rating: a round through claims and criteria, on a sheet or on the heat map."""
