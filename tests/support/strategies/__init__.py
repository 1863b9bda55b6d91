"""Inputs for tests: maps, records and files, random by Hypothesis or made by hand."""
