"""examgen: randomized exams, proven answer keys, and a class's marks."""
