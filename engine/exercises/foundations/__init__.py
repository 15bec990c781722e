"""Coding exercises of the area foundations."""
