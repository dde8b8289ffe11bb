"""PubSubService: its servicer, converters, validators and wiring."""
