"""What all services share: wiring, validators, protobuf types, streams."""
