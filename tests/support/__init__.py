"""What several tests use: strategies that make inputs, drivers that do things, oracles that judge."""
