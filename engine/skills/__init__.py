"""Skills, one file each, in a folder per area; found by ``engine.registry``. They never import one another."""
