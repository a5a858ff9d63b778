"""Lists, shapes and sets in other clothes."""
