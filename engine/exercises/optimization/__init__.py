"""Coding exercises of the area optimization."""
