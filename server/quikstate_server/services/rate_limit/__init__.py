"""RateLimitService: its servicer, converters, validators and wiring."""
