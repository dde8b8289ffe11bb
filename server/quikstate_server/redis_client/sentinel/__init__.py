"""The Redis client under Redis Sentinel."""
