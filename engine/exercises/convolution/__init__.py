"""Coding exercises of the area convolution."""
