"""Those who call: each costs far less CPU than what it calls, and says how much."""
