"""The Redis client in a Redis Cluster."""
