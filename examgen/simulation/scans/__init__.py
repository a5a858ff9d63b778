"""A made-up stack of scanned papers, with the truth beside it.

pens        what hands draw: ticks, crosses, corrections, writing, in many pens
sheets      a printed page that was written on
scanners    what scanners and telephones make of a sheet
stack       the papers of a class as files, with the faults that stacks have
truth       what is on each image, and how well it was read
"""
