"""An embedded Redis: a server that this process starts, watches and stops."""
