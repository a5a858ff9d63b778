"""The platforms that answers are downloaded from, one file each; `search` finds them."""
