"""Helpers for tests of queues."""
