"""Coding exercises of the area training-practice."""
