"""Sessions of logged-in users, and revocation of sessions and tokens."""
