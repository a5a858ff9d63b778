"""What a student gets back: own answers, how they were read, marks and why."""
