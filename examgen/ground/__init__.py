"""The ground that all rooms stand on: what knows of no exam and no answer."""
