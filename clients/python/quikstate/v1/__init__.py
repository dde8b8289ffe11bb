"""The generated messages and stubs of package quikstate.v1."""
