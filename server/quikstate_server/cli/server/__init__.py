"""Commands about a server itself: its settings, health and version."""
