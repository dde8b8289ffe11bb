"""Pub/sub: ephemeral messages for current subscribers, durable ones from which a subscriber resumes."""
