"""From the stack of paper to answers: scanned pages found, registered to their print, and read.

`scan` holds it together; what is decided about each image and each box stays in the exam folder
and is only ever added to. Nothing is called blank whose printed frame was not seen.
"""
