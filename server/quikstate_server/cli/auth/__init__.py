"""The commands `quikstate auth …`."""
