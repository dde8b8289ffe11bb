"""SessionService: its servicer, converters, validators and wiring."""
