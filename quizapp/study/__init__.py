"""Studying without a screen: everything a screen does, ``StudySession`` does headless."""
