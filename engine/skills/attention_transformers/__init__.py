"""Skills about attention and transformers."""
