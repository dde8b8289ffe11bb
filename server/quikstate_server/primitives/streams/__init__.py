"""What every stream to a subscriber is made of: a bounded mailbox, heartbeats, gaps, and a last word."""
