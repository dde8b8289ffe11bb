"""What all commands share: a channel to a server, options, output."""
