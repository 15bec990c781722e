"""Skills about activation functions."""
