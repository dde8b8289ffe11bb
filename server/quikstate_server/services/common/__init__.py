"""Code that all services share: wiring, validators, protobuf types, streams."""
