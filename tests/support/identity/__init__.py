"""What a caller of another namespace tries, and what it is told."""
