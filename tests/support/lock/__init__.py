"""Helpers for tests of locks."""
