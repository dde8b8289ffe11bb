"""The commands `quikstate presence …`."""
