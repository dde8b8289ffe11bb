"""The commands `quikstate pub` and `quikstate sub`."""
