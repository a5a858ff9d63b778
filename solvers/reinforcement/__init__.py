"""Learning from rewards and from preferences."""
