"""The parts of the screens. Each posts messages upward and knows nothing of its neighbours."""
