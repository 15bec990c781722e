"""What a person has done, kept in one SQLite file: the append-only log of reviews and the states folded from it."""
