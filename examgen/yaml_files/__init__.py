"""YAML that is checked, each fault with its line, for question and exam files."""
