"""Transports, which carry calls between clients and the composed handlers. No other code knows which is used."""
