"""Rate limits: one script decides on the hits of a request and charges those that pass."""
