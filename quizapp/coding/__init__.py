"""Coding exercises: where people write, where their code runs, and what is said about it."""
