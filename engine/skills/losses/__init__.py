"""Skills about loss functions."""
