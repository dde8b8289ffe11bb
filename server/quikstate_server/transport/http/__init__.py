"""HTTP/1.1 and HTTP/2 in our own event loop: gRPC, gRPC-Web, Connect and JSON on one port.

The library httpunk has the state machines of both; no code outside of this package knows it.
"""
