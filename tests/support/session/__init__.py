"""Helpers for tests of sessions."""
