"""Highway networks."""
