"""Skills about evaluation metrics."""
