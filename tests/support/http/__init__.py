"""Clients of the transport http."""
