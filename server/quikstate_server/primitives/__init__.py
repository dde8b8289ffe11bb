"""The acts of the domain on Redis: each primitive with its Lua files beside it."""
