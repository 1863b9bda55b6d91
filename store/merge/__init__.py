"""Merge another database into this one."""
