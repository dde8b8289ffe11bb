"""CacheService: its servicer, converters, validators and wiring."""
