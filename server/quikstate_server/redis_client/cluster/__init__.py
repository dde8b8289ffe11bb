"""Redis Cluster: many masters, each with a part of the slots."""
