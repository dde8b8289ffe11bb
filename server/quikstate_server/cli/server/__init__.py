"""The commands about a server itself: its settings, its health, its version."""
