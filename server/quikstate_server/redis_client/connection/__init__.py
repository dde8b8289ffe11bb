"""Connections to one Redis server."""
