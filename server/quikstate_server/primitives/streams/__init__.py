"""Streams: mailboxes with gaps, heartbeats and an end; the watch hub; streams that clients write to."""
