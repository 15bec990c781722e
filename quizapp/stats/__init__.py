"""What has been learned: every figure says what it counts. Only reads."""
