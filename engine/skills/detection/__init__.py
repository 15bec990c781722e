"""Skills about object detection."""
