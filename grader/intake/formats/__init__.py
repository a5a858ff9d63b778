"""The kinds of files that answers come in, one file each."""
