"""The commands `quikstate session …`."""
