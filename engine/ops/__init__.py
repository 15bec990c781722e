"""NumPy reference functions, one module per area. Every number that the application marks comes from here."""
