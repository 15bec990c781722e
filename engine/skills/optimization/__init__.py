"""Skills about optimizers."""
