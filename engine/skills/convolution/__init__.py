"""Skills about convolutional layers."""
