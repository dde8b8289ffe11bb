"""The commands `quikstate context …`, and the file with the contexts."""
