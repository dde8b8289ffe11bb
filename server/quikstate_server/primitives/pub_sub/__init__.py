"""Messages on channels: for those who listen now, or kept so that a subscriber resumes without a loss."""
