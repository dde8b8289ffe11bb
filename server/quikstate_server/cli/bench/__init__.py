"""The command `quikstate bench`."""
