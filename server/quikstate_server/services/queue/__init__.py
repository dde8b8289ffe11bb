"""QueueService: its servicer, converters, validators and wiring."""
