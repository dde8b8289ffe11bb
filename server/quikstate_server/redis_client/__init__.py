"""Redis behind one interface, whatever its topology. Only this package speaks to Redis."""
