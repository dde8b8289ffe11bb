"""Who is there: connections with a TTL, the status they add up to, who types, and watching all of it."""
