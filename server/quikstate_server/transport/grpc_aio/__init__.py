"""grpc.aio, which no code outside of this package knows."""
