"""Items that are kept until a consumer has settled them, each leased to one consumer at a time."""
