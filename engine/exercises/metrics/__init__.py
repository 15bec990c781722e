"""Coding exercises of the area metrics."""
