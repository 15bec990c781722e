"""Skills about probability and information theory."""
