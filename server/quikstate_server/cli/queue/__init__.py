"""The commands `quikstate queue …`."""
