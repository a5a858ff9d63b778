"""An exam folder: making it, adding to it, and proving that it is the one that was made."""
