"""The quikstate server: gRPC services over Redis."""
