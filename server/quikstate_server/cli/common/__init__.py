"""Code that all commands share: a channel to a server, options, output."""
