"""Redis Sentinel: one master that sentinels name and replace."""
