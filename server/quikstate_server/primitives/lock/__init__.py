"""Leases on named resources: exclusive, shared or counted, in the order asked for, with fencing tokens."""
