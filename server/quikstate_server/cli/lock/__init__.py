"""The commands `quikstate lock …`."""
