"""Records: submissions, whose they are, and what the exam folder says of both."""
