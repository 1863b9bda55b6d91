"""Oracles that decide whether an outcome is right, without the code under test."""
