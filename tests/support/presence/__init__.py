"""Helpers for tests of presence."""
