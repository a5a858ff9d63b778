"""The Python interface: exams, exam folders and results as objects, for programs and notebooks."""
