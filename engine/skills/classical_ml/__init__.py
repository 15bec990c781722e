"""Skills about classical machine learning."""
