"""What grades are exported to, one file each; `search` finds them."""
