"""What a call costs: `make bench` measures this server beside references, in the same run."""
