"""The Redis client: one interface to Redis in every topology. Only this package speaks to Redis."""

from quikstate_server.optional_imports import import_without

with import_without("opentelemetry"):  # redis-py would prepare metrics of its own
    import redis as _redis  # noqa: F401 - so that whoever imports it next finds it imported
