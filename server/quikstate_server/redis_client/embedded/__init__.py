"""The Redis client on a Redis server of its own, a child process."""
