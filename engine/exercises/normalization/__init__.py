"""Coding exercises of the area normalization."""
