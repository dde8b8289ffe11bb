"""Transports, which carry calls between clients and handlers. No other code knows which one does."""
