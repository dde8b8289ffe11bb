"""Locks: leases on resources, queues of waiters, fencing tokens and watches."""
