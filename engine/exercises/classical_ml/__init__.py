"""Coding exercises of the area classical-ml."""
