"""Copies of what is expensive to make, shared with raw clients; what many miss is filled by one."""
