"""Shared test code: strategies make inputs, drivers act on the program, oracles check outcomes."""
