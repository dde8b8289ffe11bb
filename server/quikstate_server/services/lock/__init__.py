"""LockService: its servicer, converters, validators and wiring."""
