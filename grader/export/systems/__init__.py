"""Systems to which grades are exported, one file each; `search` finds them."""
