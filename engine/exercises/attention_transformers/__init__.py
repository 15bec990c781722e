"""Coding exercises of the area attention-transformers."""
