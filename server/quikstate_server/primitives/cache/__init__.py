"""A cache shared with raw Redis clients, in which one caller fills an entry that many miss at once."""
