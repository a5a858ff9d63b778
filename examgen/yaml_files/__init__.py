"""What question and exam files have in common: YAML that is checked, each fault with its line."""
