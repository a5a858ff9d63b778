"""Reading the image of a page: its code, its place on the print, ticks and writing."""
