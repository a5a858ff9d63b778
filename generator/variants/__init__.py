"""From an exam to papers: one variant of each question for each student."""
