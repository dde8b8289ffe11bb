"""`quikstate top`: what a server is doing now, refreshed until it is ended."""
