"""The commands in groups; each group registers its commands with the application."""
