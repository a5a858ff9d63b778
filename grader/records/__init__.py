"""What came back: submissions, whose they are, and what the exam folder says of both."""
