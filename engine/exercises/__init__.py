"""Coding exercises, one file each, in a folder per area; found by ``engine.registry``."""
