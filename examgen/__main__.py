"""`python -m examgen` is the command `examgen`."""

from examgen.cli import main

main()
