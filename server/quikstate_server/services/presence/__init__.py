"""PresenceService: its servicer, converters, validators and wiring."""
