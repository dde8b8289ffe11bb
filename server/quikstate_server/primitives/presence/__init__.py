"""Presence: connections with a TTL, the status of a user, typing users, and watches of workspaces."""
