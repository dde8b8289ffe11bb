"""The Redis client: one interface to Redis in every topology. Only this package speaks to Redis."""
