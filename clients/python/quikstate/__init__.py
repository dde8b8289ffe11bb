"""quikstate for Python: the stubs under `quikstate.v1`."""
