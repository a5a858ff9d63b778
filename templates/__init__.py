"""Question files, exam files and paper layouts: data, reached through `importlib.resources`."""
