"""Helpers for tests of pub/sub."""
