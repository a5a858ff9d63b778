"""The answers of a question file: what is asked, how it is judged, room, options and blanks."""
