"""The command `quikstate elect`."""
