"""Coding exercises of the area detection."""
