"""How each service is put together: a module a service, which the app knows by its one name."""
