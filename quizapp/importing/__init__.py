"""Decks from other programs: a file is read, compared with the person's own decks, and taken in; one file a format."""
