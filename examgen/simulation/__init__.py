"""A made-up class for an exam folder, with the truth beside it, and the comparison with grades.

draws      every draw from a stream of its own
texts      prose, junk and poison
values     what an answer states, another value, a rounded value
grounds    why a wrong answer earns marks
sheet      what one student writes on one paper, and the verdict that each answer must get
classroom  who is absent, copies, swaps papers, hands in twice
formats    what is handed in, as text
truth      what must come: written, read, and compared with what a grader found
folder     the class as files
"""
