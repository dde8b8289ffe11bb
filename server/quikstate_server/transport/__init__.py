"""How calls come in and answers go out: grpc.aio, which nothing outside this package knows."""
