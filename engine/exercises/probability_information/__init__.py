"""Coding exercises of the area probability-information."""
