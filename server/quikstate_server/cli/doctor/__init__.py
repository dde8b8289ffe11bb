"""The command `quikstate doctor`."""
