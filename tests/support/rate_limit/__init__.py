"""Helpers for tests of rate limits."""
