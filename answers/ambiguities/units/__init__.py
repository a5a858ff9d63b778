"""Units: glued, below a solidus, bytes by 1024."""
