"""The ground that all rooms are on: what knows of no exam and no answer."""
