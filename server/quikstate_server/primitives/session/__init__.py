"""Who is logged in, and what of it was revoked."""
