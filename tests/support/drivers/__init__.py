"""Drivers that act on the program as people, scripts and other processes do."""
