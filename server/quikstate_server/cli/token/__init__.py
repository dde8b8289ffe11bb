"""The commands `quikstate token …`."""
