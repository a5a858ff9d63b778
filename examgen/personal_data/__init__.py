"""What an exam folder holds of one student: given out, or deleted."""
