"""An exam file: what it says, and how its marks are shared."""
