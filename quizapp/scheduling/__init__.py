"""When an item comes back: pure functions over values. No clock, no store, no global randomness."""
