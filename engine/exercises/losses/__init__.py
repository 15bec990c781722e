"""Coding exercises of the area losses."""
