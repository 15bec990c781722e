"""Answers: what kinds there are, how a typed one is read, and how two are compared. Pure Python, no NumPy."""
