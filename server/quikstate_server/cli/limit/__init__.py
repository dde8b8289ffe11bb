"""The commands `quikstate limit …`."""
