"""The commands `quikstate pub`, `quikstate sub` and `quikstate pub_sub …`."""
