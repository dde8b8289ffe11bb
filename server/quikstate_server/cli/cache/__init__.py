"""The commands `quikstate cache …`."""
