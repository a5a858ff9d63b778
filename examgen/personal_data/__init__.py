"""Give out, or delete, all that an exam folder holds of one student."""
