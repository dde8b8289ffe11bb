"""The API's services: each converts, calls a primitive, and converts its answer."""
