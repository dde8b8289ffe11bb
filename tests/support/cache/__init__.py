"""Helpers for tests of the cache."""
