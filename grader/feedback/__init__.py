"""Feedback for students: own answers, how they were read, marks and why."""
