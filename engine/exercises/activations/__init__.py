"""Coding exercises of the area activations."""
