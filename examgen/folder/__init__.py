"""The contract of generator and grader: what an exam folder holds, and how it is read."""
