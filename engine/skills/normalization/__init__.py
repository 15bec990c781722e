"""Skills about normalization layers."""
